import type { Random } from "./random";
import { ARGUMENT_TEXTS, hash16 } from "./texts";

/**
 * Eras of lines: `schema` is written by this package; `python` has neither `schema` nor ids; `raw` is Python 0.4 and
 * later (ids on calls, text in place of hashes); `mixed` has events with and without `schema` in one run.
 */
type Era = "schema" | "python" | "raw" | "mixed";

export type Move =
  | "askLlm"
  | "answerLlm"
  | "callTool"
  | "answerTool"
  | "retrieve"
  | "answerRetrieval"
  | "input"
  | "outside"
  | "policy"
  | "terminal"
  | "restart"
  | "stray"
  | "second";

/** What one generated run is like. Alphabets are small, so that loops, alternations and streaks do occur. */
export interface Profile {
  readonly era: Era;
  readonly length: number;
  readonly weights: Readonly<Record<Move, number>>;
  readonly tools: readonly string[];
  readonly indexes: readonly string[];
  /** Hashes of arguments and queries. */
  readonly hashes: readonly string[];
  readonly models: readonly string[];
  readonly humanTools: readonly string[] | undefined;
  /** Share of fields left out. */
  readonly missing: number;
  readonly failures: number;
  /** Share of actions that repeat the one before. */
  readonly sticky: number;
  /** Share of answers that go to the oldest open call, then to any. */
  readonly oldestFirst: number;
  /** Share of calls that share the step of the one before. */
  readonly sharedSteps: number;
  /** Share of events that lie before the one before them. */
  readonly backwards: number;
  /** µs, granularity of all times: lines of the TypeScript package of old have ms only. */
  readonly tick: 1 | 1000;
  /** So many tool calls in a row, all alike, are kept open until the end of the run. */
  readonly held: number;
}

const EVEN: Record<Move, number> = {
  askLlm: 6,
  answerLlm: 7,
  callTool: 8,
  answerTool: 9,
  retrieve: 2,
  answerRetrieval: 2.5,
  input: 1.2,
  outside: 0.6,
  policy: 0.4,
  terminal: 0.1,
  restart: 0,
  stray: 0.8,
  second: 0.4,
};

const SHAPES: readonly Partial<Record<Move, number>>[] = [
  {},
  { askLlm: 2, answerLlm: 2, callTool: 14, answerTool: 15, retrieve: 0.3, answerRetrieval: 0.3, input: 0.5 },
  { askLlm: 2, answerLlm: 2, callTool: 12, answerTool: 14, retrieve: 0, answerRetrieval: 0, input: 2.5 },
  { input: 5, callTool: 4, answerTool: 5 },
  { askLlm: 12, answerLlm: 13, callTool: 1.5, answerTool: 1.5, input: 2 },
  { callTool: 3, answerTool: 3, retrieve: 9, answerRetrieval: 10 },
  { stray: 5, second: 4 },
  { stray: 0, second: 0, outside: 0, policy: 0 },
  { terminal: 1.5, outside: 3, policy: 2, restart: 0.3 },
];

const TOOLS = ["search", "book", "pay", "ask_user"] as const;

export function profileOf(random: Random): Profile {
  const era = random.weighted({ schema: 10, python: 5, raw: 5, mixed: 1 });
  const tools = TOOLS.slice(0, random.between(1, TOOLS.length));
  const long = random.chance(0.02);
  return {
    era,
    length: long ? random.between(300, 380) : random.between(0, 60),
    weights: { ...EVEN, ...random.pick(SHAPES) },
    tools,
    // An index may have the name of a tool: they differ all the same.
    indexes: random.pick([["docs"], ["docs", "search"], ["docs", "faq", "search"]]),
    hashes: ARGUMENT_TEXTS.slice(0, random.between(1, ARGUMENT_TEXTS.length)).map(hash16),
    models: random.pick([["m-small"], ["m-small", "m-large"], ["m-small", "m-large", "m-unpriced"]]),
    humanTools: random.pick([undefined, undefined, [], ["ask_user"], [random.pick(TOOLS), "ask_user"]]),
    missing: random.pick([0, 0.05, 0.3]),
    failures: random.pick([0, 0.15, 0.5, 0.9]),
    sticky: random.pick([0, 0.3, 0.8]),
    oldestFirst: random.pick([0, 0.5, 1]),
    sharedSteps: random.pick([0, 0, 0.3]),
    backwards: random.pick([0, 0, 0, 0.06]),
    tick: random.chance(0.25) ? 1000 : 1,
    held: random.chance(long ? 0.7 : 0.15) ? random.between(1, 4) : 0,
  };
}
