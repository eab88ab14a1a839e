import pc from "picocolors";
import type { RunStatus, StepKind } from "../../core/run";
import type { Severity } from "../../core/wire";
import type { Io, Output } from "../io";

type Paint = (text: string) => string;

/** Colours by meaning. They only repeat what words and symbols already say. */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  /** What is selected. */
  readonly inverse: Paint;
  readonly failure: Paint;
  readonly severity: Readonly<Record<Severity | "shadow", Paint>>;
  readonly status: Readonly<Record<RunStatus, Paint>>;
  readonly step: Readonly<Record<StepKind, Paint>>;
}

/** Colours for an output: on a terminal, unless NO_COLOR or --no-color; FORCE_COLOR turns them on anywhere. */
export function styleOf(output: Output, env: Io["env"], wanted: boolean): Style {
  const forbidden = !wanted || (env.NO_COLOR ?? "") !== "" || env.TERM === "dumb";
  const forced = (env.FORCE_COLOR ?? "") !== "" && env.FORCE_COLOR !== "0";
  return makeStyle(!forbidden && (forced || output.isTTY));
}

function makeStyle(coloured: boolean): Style {
  const colours = pc.createColors(coloured);
  const plain: Paint = (text) => text;
  return {
    bold: colours.bold,
    dim: colours.dim,
    inverse: colours.inverse,
    failure: colours.red,
    severity: {
      CRITICAL: (text) => colours.bold(colours.red(text)),
      HIGH: colours.red,
      MEDIUM: colours.yellow,
      LOW: colours.dim,
      shadow: colours.dim,
    },
    status: { completed: plain, errored: colours.red, stalled: colours.yellow, running: colours.cyan },
    step: { llm: colours.magenta, tool: colours.cyan, retrieval: colours.blue },
  };
}

/** No colours at all. */
export const PLAIN: Style = makeStyle(false);
