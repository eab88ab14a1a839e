import { severityRank } from "../../core/wire";
import { clock } from "../../core/words";
import { childOf } from "../judging/findRun";
import { runReport } from "../output/runReport";
import { sanitise, shortId } from "../output/sanitise";
import { BY_KEY, type RunSections, TITLES } from "../output/sections";
import { severityLabel } from "../output/severity";
import type { Style } from "../output/style";
import { pad, truncate, width } from "../output/width";
import type { Key } from "./keys";
import type { LiveEvent, LiveRun, SignalNews } from "./liveRun";
import { runList } from "./runList";
import type { Watch } from "./watch";

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What stands around the list. */
export interface Surroundings {
  /** Where lines come from. */
  readonly inputs: string;
  /** What is wrong. */
  readonly notice?: string | undefined;
  /** Where the store answers. */
  readonly address?: string | undefined;
}

interface Told {
  readonly run: LiveRun;
  readonly signal: SignalNews;
  readonly time: number;
}

/** Signals kept for the list at the bottom. */
const KEPT = 50;
/** Lines around the list: title, blank, column titles; blank and title of the signals; blank and keys. */
const FRAME = 7;
const LEAST_ROWS = 12;

/** The live view: a list of runs, the latest signals, and one run opened from the list. Pure but for its own state. */
export class Screen {
  readonly #watch: Watch;
  readonly #style: Style;
  readonly #told: Told[] = [];
  /** Undefined: the newest run is followed. */
  #selected: string | undefined;
  /** Row of the list the cursor stands on; new runs above do not move it. */
  #row = 0;
  #open = false;
  #scroll = 0;
  /** What is shown of an open run. */
  #sections: RunSections = {};
  /** The section that was asked for last and is to be scrolled to. */
  #jump: keyof RunSections | undefined;

  constructor(watch: Watch, style: Style) {
    this.#watch = watch;
    this.#style = style;
  }

  show(events: readonly LiveEvent[]): void {
    for (const event of events) {
      if (event.kind !== "signal") continue;
      this.#told.unshift({ run: event.run, signal: event.signal, time: event.time });
      this.#told.length = Math.min(this.#told.length, KEPT);
    }
  }

  /** @returns false when the user wants to leave */
  press(key: Key, size: Size): boolean {
    if (key === "quit") return false;
    if (this.#open) this.#pressInRun(key, size);
    else this.#pressInList(key, size);
    return true;
  }

  /** The lines of the screen, never more or wider than it. */
  frame(size: Size, now: number, around: Surroundings): string[] {
    const rows = Math.max(size.rows, LEAST_ROWS);
    const run = this.#open ? this.#cursor() : undefined;
    const lines = run === undefined ? this.#list({ ...size, rows }, now, around) : this.#report(run, { ...size, rows });
    return lines.slice(0, size.rows);
  }

  #cursor(): LiveRun | undefined {
    return this.#selected === undefined ? this.#watch.runs()[0] : this.#watch.get(this.#selected);
  }

  #pressInList(key: Key, size: Size): void {
    const runs = this.#watch.runs();
    const at = Math.max(
      0,
      runs.findIndex((run) => run.run_id === this.#selected),
    );
    const page = listRows(size.rows);
    const move = (to: number): void => {
      const index = Math.min(Math.max(to, 0), runs.length - 1);
      this.#row = Math.min(Math.max(this.#row + index - at, 0), page - 1);
      this.#selected = index <= 0 ? undefined : runs[index]?.run_id;
    };
    if (key === "up") move(at - 1);
    else if (key === "down") move(at + 1);
    else if (key === "pageUp") move(at - page);
    else if (key === "pageDown") move(at + page);
    else if (key === "home") move(0);
    else if (key === "end") move(runs.length - 1);
    else if (key === "open" && runs.length > 0) {
      this.#selected = runs[at]?.run_id;
      this.#open = true;
      this.#scroll = 0;
    }
  }

  #pressInRun(key: Key, size: Size): void {
    const page = Math.max(1, size.rows - 3);
    if (key === "up") this.#scroll -= 1;
    else if (key === "down") this.#scroll += 1;
    else if (key === "pageUp") this.#scroll -= page;
    else if (key === "pageDown") this.#scroll += page;
    else if (key === "home") this.#scroll = 0;
    else if (key === "end") this.#scroll = Number.MAX_SAFE_INTEGER;
    else if (key === "fixes" || key === "facts" || key === "steps" || key === "lines") {
      const shown = this.#sections[key] !== true;
      this.#sections = { ...this.#sections, [key]: shown };
      this.#jump = shown ? key : undefined;
    } else if (key === "back") this.#open = false;
    this.#scroll = Math.max(0, this.#scroll);
  }

  #list({ columns, rows }: Size, now: number, { inputs, notice, address }: Surroundings): string[] {
    const style = this.#style;
    const served = address === undefined ? "" : `  page on ${address}/`;
    const runs = this.#watch.runs();
    const [titles = "", ...all] = runList(runs, now, { style, columns: columns - 2 });
    const space = listRows(rows);
    const at = Math.max(
      0,
      runs.findIndex((run) => run.run_id === this.#selected),
    );
    const start = Math.min(Math.max(0, at - this.#row), Math.max(0, all.length - space));
    const shown = all.slice(start, start + space).map((line, row) => (start + row === at ? `› ${line}` : `  ${line}`));
    while (shown.length < space) shown.push("");
    if (runs.length === 0) shown[0] = `  Waiting for runs (${inputs}).`;
    const more = start > 0 ? `↑ ${start} newer  ` : "";
    return [
      this.#title(runs, `${more}${inputs}`, columns),
      notice === undefined ? "" : style.bold(truncate(sanitise(notice), columns)),
      runs.length === 0 ? "" : `  ${titles}`,
      ...shown,
      "",
      style.dim(this.#told.length === 0 ? "No signal so far" : "Latest signals"),
      ...this.#latest(columns, signalRows(rows)),
      "",
      style.dim(truncate(`↑↓ select  enter open the run  q quit${served}`, columns)),
    ];
  }

  #title(runs: readonly LiveRun[], right: string, columns: number): string {
    const severe = runs.filter(({ told }) => told.worst !== undefined && severityRank(told.worst.severity) >= 2).length;
    const words = [`dunetrace dev · ${runs.length} ${runs.length === 1 ? "run" : "runs"}`];
    for (const status of ["running", "errored", "stalled"] as const) {
      const count = runs.filter((run) => run.status === status).length;
      if (count > 0) words.push(`${count} ${status}`);
    }
    if (severe > 0) words.push(`${severe} with HIGH or worse`);
    const left = truncate(words.join(" · "), columns);
    const space = columns - width(left) - 2;
    return this.#style.bold(left) + (space >= width(right) ? this.#style.dim(`  ${pad(right, space, "right")}`) : "");
  }

  #latest(columns: number, rows: number): string[] {
    const lines = this.#told.slice(0, rows).map(({ run, signal, time }) => {
      const label = pad(severityLabel({ severity: signal.severity, shadow: false }, this.#style), 10);
      const text = `${sanitise(run.agent_id)}: ${sanitise(signal.title)}`;
      return `${clock(time)}  ${label}  ${shortId(run.run_id)}  ${truncate(text, columns - 32)}`;
    });
    while (lines.length < rows) lines.push("");
    return lines;
  }

  #report(run: LiveRun, { columns, rows }: Size): string[] {
    const style = this.#style;
    const children = this.#watch.children(run.run_id).map((child) => childOf(child.judged()));
    const all = runReport({ judged: run.judged(), children }, this.#sections, { style, columns, ask: BY_KEY });
    if (this.#jump !== undefined) {
      const at = all.indexOf(style.bold(this.#jump === "fixes" ? TITLES.happened : TITLES[this.#jump]));
      if (at >= 0) this.#scroll = at;
      this.#jump = undefined;
    }
    const space = rows - 2;
    this.#scroll = Math.min(this.#scroll, Math.max(0, all.length - space));
    const shown = all.slice(this.#scroll, this.#scroll + space);
    while (shown.length < space) shown.push("");
    const rest = Math.max(0, all.length - this.#scroll - space);
    const scroll = rest === 0 ? "↑↓ scroll" : `↑↓ scroll, ${rest} more`;
    const keys = [scroll, "c code", "f detectors", "s steps", "e events", "esc back", "q quit"];
    return [...shown, "", style.dim(truncate(keys.join("  "), columns))];
  }
}

/** A quarter of a screen for signals, at most 8 lines. */
const signalRows = (rows: number): number => Math.min(8, Math.max(2, Math.floor((rows - FRAME) / 4)));
const listRows = (rows: number): number =>
  Math.max(1, Math.max(rows, LEAST_ROWS) - FRAME - signalRows(Math.max(rows, LEAST_ROWS)));
