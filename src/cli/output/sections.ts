import type { Style } from "./style";

/** Parts of a run that are shown only when asked for. */
export interface RunSections {
  /** The code of the fixes. */
  readonly fixes?: boolean;
  readonly facts?: boolean;
  /** All steps of a long run. */
  readonly steps?: boolean;
  readonly lines?: boolean;
}

/** How a reader asks for them: an option of the command, or a key of the live view. */
export type Ask = Readonly<Record<keyof RunSections, string>>;

export const BY_OPTION: Ask = { fixes: "--fixes", facts: "--facts", steps: "--steps", lines: "--lines" };
export const BY_KEY: Ask = { fixes: "c", facts: "f", steps: "s", lines: "e" };

export interface RunLayout {
  readonly style: Style;
  /** Cells of a line. */
  readonly columns: number;
  readonly ask: Ask;
}

/** Titles of the sections of a run, in their order. */
export const TITLES = {
  happened: "What happened",
  timeline: "Timeline",
  steps: "Steps",
  nested: "Nested runs",
  facts: "Detectors",
  lines: "Event log",
} as const;
