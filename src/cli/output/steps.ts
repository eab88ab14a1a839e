import type { Run, Step } from "../../core/run";
import { duration, KIND_NAMES, stepName as nameOf, slowestStep, knownOf as wordsOf } from "../../core/words";
import { sanitise } from "./sanitise";
import type { RunLayout } from "./sections";
import { type Column, table } from "./table";

/** More steps than this are shown as the first and last half, unless all are asked for. */
const SHOWN = 40;

/** The name of a step, or of its kind when no line names it. */
export const stepName = (step: Pick<Step, "name" | "kind">): string => sanitise(nameOf(step));

/** What the lines say of a step, as short words; hashes and counts, never content. */
export const knownOf = (step: Step): string[] => wordsOf(step).map(sanitise);

interface Row {
  readonly step: Step;
  readonly slowest: boolean;
}

/** One line per step with what is known of it. */
export function stepTable(run: Run, all: boolean, { style, columns: cells, ask }: RunLayout): string[] {
  const slowest = slowestStep(run.steps);
  const columns: Column<Row>[] = [
    { title: "STEP", value: ({ step }) => String(step.step_index), align: "right" },
    { title: "AT", value: ({ step }) => duration((step.start - run.started_at) / 1000), align: "right" },
    {
      title: "KIND",
      value: ({ step }) => KIND_NAMES[step.kind],
      paint: (text, { step }) => style.step[step.kind](text),
    },
    { title: "NAME", value: ({ step }) => stepName(step), shrinksTo: 16, isName: true },
    { title: "TOOK", value: ({ step }) => duration(step.duration_ms), align: "right" },
    {
      title: "",
      value: ({ step, slowest }) => [...(slowest ? ["slowest"] : []), ...knownOf(step)].join(", "),
      paint: (text, { step }) => (step.failed ? style.failure(text) : text),
      shrinksTo: 24,
    },
  ];
  const rows = run.steps.map((step) => ({ step, slowest: step === slowest }));
  const layout = { columns: cells, paintTitle: style.dim };
  if (all || rows.length <= SHOWN) return table(columns, rows, layout);
  const half = SHOWN / 2;
  const lines = table(columns, [...rows.slice(0, half), ...rows.slice(-half)], layout);
  lines.splice(half + 1, 0, style.dim(`… ${rows.length - SHOWN} more steps (${ask.steps} shows all) …`));
  return lines;
}
