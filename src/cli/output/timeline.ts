import type { Run, Step } from "../../core/run";
import type { FailureType, Micros, Severity } from "../../core/wire";
import { duration, slowestStep } from "../../core/words";
import { Annotations, type Scale, scaleOf } from "./chart";
import { sanitise } from "./sanitise";
import { SEVERITY_SYMBOLS } from "./severity";
import { stepName } from "./steps";
import type { Style } from "./style";
import { pad, truncateMiddle, width, wrapItems } from "./width";

const BARS = { llm: "█", tool: "▓", retrieval: "▒" } as const;
const FAILED = "✗";
const UNANSWERED = "┄";
const WAIT = "·";
const INPUT = "▾";

/** Tools and indexes beyond these share one lane. */
const MAX_LANES = 12;
/** Calls of one lane that run side by side are drawn below each other, up to so many rows. */
const MAX_ROWS = 3;
const LABEL = 20;
const GAP = 2;

/** What is marked on the timeline beside the steps. */
export interface TimelineSignal {
  readonly failure_type: FailureType;
  readonly severity: Severity;
  readonly step_index?: number | undefined;
}

interface Lane {
  readonly label: string;
  readonly steps: Step[];
  /** The tool or index whose loops are outlined here. */
  readonly key: string;
}

const laneKey = (step: Pick<Step, "kind" | "name">): string => `${step.kind} ${step.name ?? ""}`;

function lanesOf(steps: readonly Step[]): Lane[] {
  const lanes = new Map<string, Lane>();
  const laneOf = (key: string, label: string): Lane => {
    const lane = lanes.get(key) ?? { label, steps: [], key };
    lanes.set(key, lane);
    return lane;
  };
  const order = { llm: 0, tool: 1, retrieval: 2 } as const;
  for (const step of [...steps].sort((a, b) => order[a.kind] - order[b.kind])) {
    const key = step.kind === "llm" ? "llm" : laneKey(step);
    const full = lanes.size >= MAX_LANES && !lanes.has(key);
    if (full) laneOf("others", "others").steps.push(step);
    else laneOf(key, step.kind === "llm" ? "LLM" : stepName(step)).steps.push(step);
  }
  return [...lanes.values()];
}

/** Rows of steps that do not overlap; what does not fit in the last row lies over it. */
function rowsOf(steps: readonly Step[]): Step[][] {
  const rows: { steps: Step[]; until: Micros }[] = [];
  for (const step of [...steps].sort((a, b) => a.start - b.start)) {
    const free = rows.find((row) => row.until <= step.start);
    const row = free ?? (rows.length < MAX_ROWS ? undefined : rows.at(-1));
    if (row === undefined) rows.push({ steps: [step], until: step.end });
    else {
      row.steps.push(step);
      row.until = Math.max(row.until, step.end);
    }
  }
  return rows.map((row) => row.steps);
}

function drawSteps(steps: readonly Step[], scale: Scale): string {
  const cells = new Array<string>(scale.cells).fill(" ");
  for (const step of steps) {
    const [from, to] = scale.span(step.start, step.end);
    for (let at = from; at <= to; at++)
      if (cells[at] !== FAILED) cells[at] = step.answered ? BARS[step.kind] : UNANSWERED;
    if (step.failed) cells[to] = FAILED;
  }
  return cells.join("").trimEnd();
}

/** Waits for the user as dots, each further input as a mark. */
function drawInputs(run: Run, scale: Scale): string {
  const cells = new Array<string>(scale.cells).fill(" ");
  for (const gap of run.gaps) {
    if (!gap.user) continue;
    const [from, to] = scale.span(gap.start, gap.end);
    for (let at = from; at <= to; at++) cells[at] = WAIT;
  }
  for (const line of run.lines) if (line.event_type === "input.received") cells[scale.cell(line.time)] = INPUT;
  return cells.join("").trimEnd();
}

function noteEvents(run: Run, scale: Scale): Annotations {
  const notes = new Annotations(scale.cells);
  for (const line of run.lines) {
    if ("unknown" in line) continue;
    const at = scale.cell(line.time);
    if (line.event_type === "external.signal") notes.put(at, `! ${sanitise(line.payload.signal_name)}`);
    else if (line.event_type === "policy.triggered") notes.put(at, `■ policy ${sanitise(line.payload.action_type)}`);
    else if (line.event_type === "run.errored") notes.put(at, `${FAILED} run errored`);
  }
  return notes;
}

function noteSignals(run: Run, signals: readonly TimelineSignal[], scale: Scale): Annotations {
  const notes = new Annotations(scale.cells);
  for (const { failure_type, severity, step_index } of signals) {
    const step = run.steps.find((candidate) => candidate.step_index === step_index);
    const time = step?.start ?? (step_index === 0 ? run.started_at : run.ended_at);
    notes.put(scale.cell(time), `${SEVERITY_SYMBOLS[severity]} ${failure_type}`);
  }
  return notes;
}

/** Loops outlined and the slowest step marked, below their lane. */
function noteLane(lane: Lane, run: Run, slowest: Step | undefined, scale: Scale): Annotations {
  const notes = new Annotations(scale.cells);
  for (const loop of run.loops) {
    if (laneKey(loop) !== lane.key) continue;
    const [from, to] = scale.span(loop.start, loop.end);
    notes.bracket(from, to, `loop ×${loop.count}`);
  }
  if (slowest !== undefined && lane.steps.includes(slowest)) {
    const [from] = scale.span(slowest.start, slowest.end);
    notes.put(from, `^ slowest, ${duration(slowest.duration_ms)}`);
  }
  return notes;
}

/**
 * A run by time: one lane per kind or tool, waits visible, loops outlined, failures and the slowest step marked. It fits
 * the given number of cells and needs no colour.
 */
export function timeline(
  run: Run,
  signals: readonly TimelineSignal[],
  style: Style,
  options: { readonly columns: number },
): string[] {
  if (run.steps.length === 0) return [style.dim("No calls in this run.")];
  const lanes = lanesOf(run.steps);
  const label = Math.min(LABEL, Math.max(...lanes.map((lane) => width(lane.label)), "signals".length));
  const scale = scaleOf(run.started_at, run.ended_at, options.columns - label - GAP);
  const slowest = slowestStep(run.steps);
  const lines: string[] = [];
  const add = (name: string, text: string, paint: (text: string) => string = (plain) => plain): void => {
    lines.push(`${pad(truncateMiddle(name, label), label)}${" ".repeat(GAP)}${paint(text)}`.trimEnd());
  };
  add("", scale.axis(), style.dim);
  for (const lane of lanes) {
    const kind = lane.steps[0]?.kind ?? "tool";
    rowsOf(lane.steps).forEach((steps, row) => {
      add(row === 0 ? lane.label : "", drawSteps(steps, scale), lane.key === "others" ? undefined : style.step[kind]);
    });
    for (const note of noteLane(lane, run, slowest, scale).rows()) add("", note);
  }
  if (run.facts.user_turns > 1) add("user", drawInputs(run, scale), style.dim);
  noteEvents(run, scale)
    .rows()
    .forEach((note, row) => {
      add(row === 0 ? "events" : "", note);
    });
  noteSignals(run, signals, scale)
    .rows()
    .forEach((note, row) => {
      add(row === 0 ? "signals" : "", note);
    });
  lines.push(...wrapItems(legend(run), "   ", options.columns).map(style.dim));
  return lines;
}

function legend(run: Run): string[] {
  const kinds = new Set(run.steps.map((step) => step.kind));
  return [
    ...(kinds.has("llm") ? [`${BARS.llm} LLM`] : []),
    ...(kinds.has("tool") ? [`${BARS.tool} tool`] : []),
    ...(kinds.has("retrieval") ? [`${BARS.retrieval} retrieval`] : []),
    ...(run.steps.some((step) => step.failed) ? [`${FAILED} failed`] : []),
    ...(run.steps.some((step) => !step.answered) ? [`${UNANSWERED} never answered`] : []),
    ...(run.facts.user_turns > 1 ? [`${INPUT} input, ${WAIT} waiting for it`] : []),
  ];
}
