import type { Run, Step } from "../../core/run";
import type { Payloads } from "../../core/wire";
import { count, dollars, duration } from "../../core/words";
import { sanitise, shortId } from "./sanitise";
import type { RunLayout } from "./sections";
import { type Column, table } from "./table";

export const KIND_NAMES = { llm: "LLM", tool: "tool", retrieval: "retrieval" } as const;

/** More steps than this are shown as the first and last half, unless all are asked for. */
const SHOWN = 40;

/** The name of a step, or of its kind when no line names it. */
export const stepName = (step: Pick<Step, "name" | "kind">): string =>
  step.name === undefined ? `unknown ${KIND_NAMES[step.kind]}` : sanitise(step.name);

type StepOf<Kind extends Step["kind"]> = Step & {
  readonly kind: Kind;
  readonly call: Payloads[`${Kind}.called`] | undefined;
  readonly answer: Payloads[`${Kind}.responded`] | undefined;
};

/** The kind of a step decides which payloads it has. */
const is = <Kind extends Step["kind"]>(step: Step, kind: Kind): step is StepOf<Kind> => step.kind === kind;

const part = (value: number | undefined, show: (value: number) => string): string[] =>
  value === undefined ? [] : [show(value)];

function knownOfLlm({ answer, call }: StepOf<"llm">): string[] {
  const answeredBy = answer?.model !== undefined && answer.model !== call?.model ? answer.model : undefined;
  return [
    ...part(answer?.prompt_tokens ?? call?.prompt_tokens, (tokens) => `${count(tokens)} in`),
    ...part(answer?.completion_tokens, (tokens) => `${count(tokens)} out`),
    ...(answer?.finish_reason === undefined ? [] : [answer.finish_reason.replace("_", " ")]),
    ...part(answer?.cost_usd, dollars),
    ...(answeredBy === undefined || call?.model === undefined ? [] : [`by ${sanitise(answeredBy)}`]),
  ];
}

function knownOfTool({ answer, call }: StepOf<"tool">): string[] {
  const args = call?.args_shape ?? (call?.args_hash === undefined ? undefined : `args ${shortId(call.args_hash)}`);
  return [
    ...(answer?.success === true ? ["ok"] : []),
    ...part(answer?.output_length, (length) => `${count(length)} chars`),
    ...(args === undefined ? [] : [sanitise(args)]),
  ];
}

function knownOfRetrieval({ answer }: StepOf<"retrieval">): string[] {
  return [
    ...part(answer?.result_count, (results) => `${results} ${results === 1 ? "result" : "results"}`),
    ...(typeof answer?.top_score === "number" ? [`top ${Math.round(answer.top_score * 1000) / 1000}`] : []),
  ];
}

/** What the lines say of a step, as short words; hashes and counts, never content. */
export function knownOf(step: Step): string[] {
  const words: string[] = [];
  if (step.failed) {
    const type = step.answer !== undefined && "error_type" in step.answer ? step.answer.error_type : undefined;
    words.push(type === undefined ? "failed" : `failed ${sanitise(type)}`);
  }
  if (!step.answered) words.push("never answered");
  if (step.human) words.push("waits for a person");
  if (is(step, "llm")) words.push(...knownOfLlm(step));
  else if (is(step, "tool")) words.push(...knownOfTool(step));
  else if (is(step, "retrieval")) words.push(...knownOfRetrieval(step));
  return words;
}

interface Row {
  readonly step: Step;
  readonly slowest: boolean;
}

/** The step that took longest, waits for people left out; undefined when none took any time. */
export function slowestStep(steps: readonly Step[]): Step | undefined {
  let slowest: Step | undefined;
  for (const step of steps) {
    if (!step.human && step.duration_ms > (slowest?.duration_ms ?? 0)) slowest = step;
  }
  return slowest;
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
