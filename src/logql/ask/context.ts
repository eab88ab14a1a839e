import type { Baselines } from "../../core/baselines";
import type { Facts } from "../../core/facts";
import type { LokiApi, Nanos } from "../api";
import { msToNanos } from "../readers";
import { Kept } from "./kept";
import type { AnswerOf, ExplainedSignal, QuestionKind, QuestionOf, TimeSpan, VerdictMode } from "./questions";
import type { AskSettings } from "./settings";

/** What every answer is made with. */
export interface AskContext {
  readonly api: LokiApi;
  readonly settings: AskSettings;
  /** What runs without facts on their terminal line came out as, so that nobody reads their events at every poll. */
  readonly rebuilt: Kept<Rebuilt>;
  /** Baselines that terminal lines state, by the agents asked for. */
  readonly stated: Kept<Baselines>;
}

/** What is kept of a run that was rebuilt from its events. */
export interface Rebuilt {
  readonly facts: Facts;
  readonly computed: readonly ExplainedSignal[];
}

export function contextOf(api: LokiApi, settings: AskSettings): AskContext {
  return { api, settings, rebuilt: new Kept(1000), stated: new Kept(20) };
}

/** Answers one kind of question. */
export type Answerer<K extends QuestionKind> = (
  question: QuestionOf<K>,
  context: AskContext,
  signal: AbortSignal | undefined,
) => Promise<AnswerOf<K>>;

/** The time of a question, as readers take it. */
export function spanOf({ from, to }: TimeSpan): { readonly start: Nanos; readonly end: Nanos } {
  return { start: msToNanos(Math.floor(from)), end: msToNanos(Math.ceil(to)) };
}

/** The wall clock, as Loki counts. */
export function nowOf({ settings }: AskContext): Nanos {
  return msToNanos(settings.now());
}

export function modeOf({ settings }: AskContext, asked: VerdictMode | undefined): VerdictMode {
  return asked ?? settings.mode ?? "auto";
}

/** A time as Loki counts in ms. */
export function millisOf(time: Nanos): number {
  return Number(time / 1_000_000n);
}
