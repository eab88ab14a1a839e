import type { Line, LineOf, Micros, ProblemKind, UnknownLine } from "../../core/wire";
import type { Labels } from "../../logql/api";
import type { LokiError } from "../../logql/errors";
import type { SeenCollector } from "./collectorMetrics";

export type Terminal = LineOf<"run.completed"> | LineOf<"run.errored">;

/** A line as Loki holds it. */
export interface SeenLine {
  readonly line: Line | UnknownLine;
  /** The timestamp Loki filed it under, µs. */
  readonly stored: Micros;
  readonly labels: Labels;
}

/** A line of ours that cannot be read. */
export interface BadLine {
  readonly kind: ProblemKind;
  readonly reason: string;
}

/**
 * A line of ours that is in Loki without the label agent_id: whole (`unlabelled`), cut off (`cut`), or still in the
 * envelope of a container runtime (`cri`, `docker`).
 */
export type Stray = {
  /** When Loki filed it, µs. */
  readonly at: Micros;
  readonly labels: Labels;
} & ({ readonly kind: "unlabelled"; readonly agent_id: string } | { readonly kind: "cut" | "cri" | "docker" });

/** One of the product's own queries that Loki did not answer: mostly for a limit of its. */
export interface MetLimit {
  /** What the query is for. */
  readonly question: string;
  readonly error: LokiError;
}

/** A file of an agent beside what Loki has of it. */
export interface WatchedFile {
  readonly name: string;
  /** undefined when no line of the file could be read. */
  readonly newest: Line | UnknownLine | undefined;
  /** Lines among the last ones of the file that Loki has not got. */
  readonly missing: number;
  /** How many of the last lines were looked for. */
  readonly looked: number;
  /** Lines of ours among the last ones of the file that are cut off, or in the envelope of a container runtime. */
  readonly broken: number;
  /** ms from the writing of the newest line until it was found; undefined when it was there before anybody looked. */
  readonly lagMs: number | undefined;
  /** Why Loki did not say what has arrived; then `missing` and `looked` are 0. */
  readonly error: LokiError | undefined;
}

/** All that `dunetrace doctor` looks at; the checks are pure functions of it. */
export interface Observations {
  /** Wall clock, µs. */
  readonly now: Micros;
  /** How far back was looked, ms. */
  readonly sinceMs: number;
  /** Where Loki is, without credentials. */
  readonly url: string;
  /** Why nothing could be read; then the rest is empty. */
  readonly unreachable: LokiError | undefined;
  readonly version: string | undefined;
  /** Values of the label agent_id; undefined when Loki did not tell. */
  readonly agents: readonly string[] | undefined;
  /** Newest lines, newest first. */
  readonly lines: readonly SeenLine[];
  readonly bad: readonly BadLine[];
  /** Lines of ours that are in Loki, but not where queries look, newest first. */
  readonly strays: readonly Stray[];
  /** Why lines of ours elsewhere could not be looked for. */
  readonly strayError: LokiError | undefined;
  /** undefined when Loki did not tell. */
  readonly terminals: readonly Terminal[] | undefined;
  /** More terminal lines are there than were read. */
  readonly terminalsCut: boolean;
  readonly limits: readonly MetLimit[];
  readonly files: readonly WatchedFile[];
  /** undefined where none was named. */
  readonly collector: SeenCollector | undefined;
  /** `rules` hash of this reader's thresholds for an agent. */
  rulesOf(agent_id: string): string;
}
