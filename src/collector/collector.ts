import type { DetectorConfig } from "../core/detectors";
import type { Prices } from "../core/prices";
import type { Level, Micros } from "../core/wire";
import type { BaselineSource } from "../sdk/baselines";
import type { Content } from "../sdk/content";
import { rulesOf } from "../sdk/detectors";
import { reductionWith } from "../sdk/reduction";
import type { AgentRule } from "./config/agentRules";
import { type Counters, count, newCounters } from "./counters";
import { type Component, componentOf, type DialectOptions, type NameRules } from "./dialects";
import { LineIntake } from "./events/lineIntake";
import type { ReadSpans } from "./otlp/spanParts";
import { type AssemblerOptions, type ClosedTrace, TraceAssembler } from "./trace/assembler";
import { writeDeploys } from "./trace/deploys";
import { runOf } from "./trace/run";
import type { LineOptions } from "./trace/runLines";
import { type RunRules, writeRun } from "./trace/writeRun";

/** Where lines go: the outputs of the SDK. */
export interface LineOutput {
  /** @returns false when the line is lost */
  write(line: string, level: Level): boolean;
}

export interface CollectorOptions extends Omit<AssemblerOptions, "clock"> {
  /** Now, µs since the Unix epoch. */
  readonly clock: () => Micros;
  readonly output: LineOutput;
  readonly content: Content;
  readonly prices: Prices;
  readonly detectors: DetectorConfig;
  readonly baselines: BaselineSource;
  readonly agents?: readonly AgentRule[] | undefined;
  readonly classify?: NameRules | undefined;
  /** Whether components that are no calls become `span.ended`; true by default. */
  readonly innerSpans?: boolean | undefined;
  /** Names of spans that never become `span.ended`. */
  readonly excluded?: ReadonlySet<string> | undefined;
  readonly maxLineBytes?: number | undefined;
}

/**
 * Makes runs of spans: reads them in the dialect they are in, gathers them by trace, and writes each trace as the lines of
 * one run, judged. Nothing here waits or throws for what is sent.
 *
 * @example
 * const collector = new Collector({ clock, output, content, prices, detectors, baselines });
 * collector.take(body);
 * setInterval(() => collector.tick(), 250);
 */
export class Collector {
  readonly counters: Counters = newCounters();
  /** Takes lines and events that were made elsewhere. */
  readonly intake: LineIntake;
  readonly #options: CollectorOptions;
  readonly #dialect: DialectOptions;
  readonly #assembler: TraceAssembler;

  constructor(options: CollectorOptions) {
    this.#options = options;
    const { content, classify, agents } = options;
    this.#dialect = { content, classify, agents };
    this.#assembler = new TraceAssembler(options, (trace) => this.#write(trace));
    this.intake = new LineIntake({
      ...this.lines,
      prices: options.prices,
      reduction: reductionWith(content.hash),
      counters: this.counters,
      rulesFor: this.rulesFor,
      onSignal: this.#onSignal,
    });
  }

  /** How lines are written. */
  get lines(): LineOptions {
    const { clock, maxLineBytes } = this.#options;
    return { write: this.write, clock, maxLineBytes };
  }

  /** What became of spans and traces on their way to runs. */
  get traces(): TraceAssembler["counters"] & { readonly open: number; readonly remembered: number } {
    const { counters, open, remembered } = this.#assembler;
    return { ...counters, open, remembered };
  }

  /** Takes the spans of one request. */
  take({ spans, refused }: ReadSpans): void {
    for (const [reason, times] of refused) count(this.counters.refusedSpans, reason, times);
    for (const span of spans) this.#assembler.add(componentOf(span, this.#dialect));
  }

  /** Writes the runs that are complete; to be called a few times a second. */
  tick(): void {
    this.#assembler.tick();
  }

  /** Writes what there is of every open trace, before the process ends. */
  close(): void {
    this.#assembler.closeAll();
  }

  #write({ components, dropped }: ClosedTrace): void {
    const { content, prices, innerSpans, excluded } = this.#options;
    const { counters, lines } = this;
    this.#countUnknown(components);
    counters.deploys += writeDeploys(components, lines);
    const run = runOf(components);
    if (run === undefined) {
      counters.traces_without_run++;
      return;
    }
    const judging = { rulesFor: this.rulesFor, onSignal: this.#onSignal };
    writeRun(run, { ...lines, ...judging, content, prices, innerSpans, excluded }, dropped);
    counters.runs++;
  }

  /** What runs of an agent are judged by. */
  readonly rulesFor = (agentId: string, version: string): RunRules => {
    const { detectors, baselines } = this.#options;
    const settings = detectors.settingsFor(agentId);
    return { settings, baseline: baselines.baselineOf(agentId, version), rules: rulesOf(settings) };
  };

  readonly #onSignal = (type: string): void => count(this.counters.signals, type);

  /** Writes one line to the outputs and counts it. */
  readonly write = (line: string, level: Level): boolean => {
    this.counters.lines++;
    const taken = this.#options.output.write(line, level);
    if (!taken) this.counters.lost_lines++;
    return taken;
  };

  #countUnknown(components: readonly Component[]): void {
    for (const component of components) {
      if (component.kind === "unknown") count(this.counters.unknownSpans, component.type ?? component.name);
    }
  }
}
