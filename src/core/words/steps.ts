import type { Run, Step } from "../run/run";
import type { Payloads } from "../wire/events";
import { count, dollars } from "./numbers";

export const KIND_NAMES = { llm: "LLM", tool: "tool", retrieval: "retrieval" } as const;

/** The name of a step, or of its kind when no line names it. */
export const stepName = (step: Pick<Step, "name" | "kind">): string => step.name ?? `unknown ${KIND_NAMES[step.kind]}`;

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
    ...(answeredBy === undefined || call?.model === undefined ? [] : [`by ${answeredBy}`]),
  ];
}

function knownOfTool({ answer, call }: StepOf<"tool">): string[] {
  const args = call?.args_shape ?? (call?.args_hash === undefined ? undefined : `args ${call.args_hash.slice(0, 8)}`);
  return [
    ...(answer?.success === true ? ["ok"] : []),
    ...part(answer?.output_length, (length) => `${count(length)} chars`),
    ...(args === undefined ? [] : [args]),
  ];
}

function knownOfRetrieval({ answer }: StepOf<"retrieval">): string[] {
  return [
    ...part(answer?.result_count, (results) => `${results} ${results === 1 ? "result" : "results"}`),
    ...(typeof answer?.top_score === "number" ? [`top ${Math.round(answer.top_score * 1000) / 1000}`] : []),
  ];
}

/** What the lines say of a step, as short words; hashes and counts, never content. Names in it are of outside. */
export function knownOf(step: Step): string[] {
  const words: string[] = [];
  if (step.failed) {
    const type = step.answer !== undefined && "error_type" in step.answer ? step.answer.error_type : undefined;
    words.push(type === undefined ? "failed" : `failed ${type}`);
  }
  if (!step.answered) words.push("never answered");
  if (step.human) words.push("waits for a person");
  if (is(step, "llm")) words.push(...knownOfLlm(step));
  else if (is(step, "tool")) words.push(...knownOfTool(step));
  else if (is(step, "retrieval")) words.push(...knownOfRetrieval(step));
  return words;
}

/** The step that took longest, waits for people left out; undefined when none took any time. */
export function slowestStep(steps: readonly Step[]): Step | undefined {
  let slowest: Step | undefined;
  for (const step of steps) {
    if (!step.human && step.duration_ms > (slowest?.duration_ms ?? 0)) slowest = step;
  }
  return slowest;
}

/** Exit reasons that say no more than the status. */
const PLAIN_ENDS: ReadonlySet<string> = new Set(["completed", "error"]);

/** Why a run ended, in words, where that says more than the status; of a failed run the type of the error. */
export function exitReasonOf(run: Pick<Run, "exit_reason" | "ended" | "lines">): string | undefined {
  const { exit_reason } = run;
  if (run.ended === "run.errored" && exit_reason !== "policy_violation") return errorTypeOf(run);
  return exit_reason === undefined || PLAIN_ENDS.has(exit_reason) ? undefined : exit_reason.replaceAll("_", " ");
}

function errorTypeOf({ lines }: Pick<Run, "lines">): string | undefined {
  const end = lines.findLast(({ event_type }) => event_type === "run.errored");
  if (end === undefined || "unknown" in end || end.event_type !== "run.errored") return undefined;
  const { error_type } = end.payload;
  return error_type === undefined || error_type === "" ? undefined : error_type;
}
