import type { Step } from "../../core/run";
import type { Payloads } from "../../core/wire";
import { count, dollars, duration } from "../../core/words";
import { t } from "../text";
import type { ItemKind, TimelineItem } from "./item";

type StepOf<Kind extends Step["kind"]> = Step & {
  readonly kind: Kind;
  readonly call: Payloads[`${Kind}.called`] | undefined;
  readonly answer: Payloads[`${Kind}.responded`] | undefined;
};

/** The kind of a step decides which payloads it has. */
export const isStep = <Kind extends Step["kind"]>(step: Step | undefined, kind: Kind): step is StepOf<Kind> =>
  step?.kind === kind;

export function kindName(kind: ItemKind): string {
  switch (kind) {
    case "llm":
      return t("timeline.kind.llm", "LLM");
    case "tool":
      return t("timeline.kind.tool", "tool");
    case "retrieval":
      return t("timeline.kind.retrieval", "retrieval");
    case "span":
      return t("timeline.kind.span", "span");
  }
}

export function itemName({ name, kind }: Pick<TimelineItem, "name" | "kind">): string {
  return name ?? t("timeline.unknown", "unknown {{kind}}", { kind: kindName(kind) });
}

export function errorType({ step }: TimelineItem): string | undefined {
  return step?.answer !== undefined && "error_type" in step.answer ? step.answer.error_type : undefined;
}

const part = (value: number | undefined, show: (value: number) => string): string[] =>
  value === undefined ? [] : [show(value)];

/** What went wrong or is unusual, in words. */
export function stateWords(item: TimelineItem): string[] {
  const type = errorType(item);
  const failed =
    type === undefined ? t("timeline.failed", "failed") : t("timeline.failedAs", "failed · {{type}}", { type });
  return [
    ...(item.failed ? [failed] : []),
    ...(item.answered ? [] : [t("timeline.unanswered", "never answered")]),
    ...(item.step?.human === true ? [t("timeline.human", "waits for a person")] : []),
  ];
}

/** What the lines say of a call, as short words; hashes and counts, never content. */
export function knownWords({ step, span }: TimelineItem): string[] {
  if (isStep(step, "llm")) return llmWords(step);
  if (isStep(step, "tool")) return toolWords(step);
  if (isStep(step, "retrieval")) return retrievalWords(step);
  return span?.payload.kind === undefined ? [] : [span.payload.kind];
}

function llmWords({ answer, call }: StepOf<"llm">): string[] {
  const by = answer?.model;
  return [
    ...part(answer?.prompt_tokens ?? call?.prompt_tokens, (tokens) =>
      t("timeline.tokensIn", "{{tokens}} in", { tokens: count(tokens) }),
    ),
    ...part(answer?.completion_tokens, (tokens) =>
      t("timeline.tokensOut", "{{tokens}} out", { tokens: count(tokens) }),
    ),
    ...(answer?.finish_reason === undefined ? [] : [answer.finish_reason.replace("_", " ")]),
    ...part(answer?.cost_usd, dollars),
    // A dated name of the model that was asked for is no other model.
    ...(by === undefined || call?.model === undefined || by.startsWith(call.model)
      ? []
      : [t("timeline.answeredBy", "by {{model}}", { model: by })]),
  ];
}

function toolWords({ answer, call }: StepOf<"tool">): string[] {
  return [
    ...(answer?.success === true ? [t("timeline.ok", "ok")] : []),
    ...part(answer?.output_length, (length) => t("timeline.chars", "{{length}} chars", { length: count(length) })),
    ...(call?.args_shape === undefined ? [] : [call.args_shape]),
  ];
}

function retrievalWords({ answer }: StepOf<"retrieval">): string[] {
  return [
    ...part(answer?.result_count, (results) =>
      results === 1 ? t("timeline.result", "1 result") : t("timeline.results", "{{results}} results", { results }),
    ),
    ...(typeof answer?.top_score === "number"
      ? [t("timeline.topScore", "top {{score}}", { score: Math.round(answer.top_score * 1000) / 1000 })]
      : []),
  ];
}

/** Tokens of an LLM call, prompt and completion, as far as they are known. */
export function tokensOfItem({ step }: TimelineItem): number | undefined {
  if (!isStep(step, "llm")) return undefined;
  const { prompt_tokens = step.call?.prompt_tokens, completion_tokens } = step.answer ?? {};
  if (prompt_tokens === undefined && completion_tokens === undefined) return undefined;
  return (prompt_tokens ?? 0) + (completion_tokens ?? 0);
}

export function isStreamed({ step }: TimelineItem): boolean {
  return isStep(step, "llm") && step.call?.streaming === true;
}

/** The whole of an item in one line: its text alternative. */
export function itemSentence(item: TimelineItem): string {
  const [kind, name] = [kindName(item.kind), itemName(item)];
  return [
    item.span === undefined
      ? t("timeline.sentence", "Step {{step}}, {{kind}} {{name}}", { step: item.step_index, kind, name })
      : t("timeline.spanSentence", "{{kind}} {{name}}", { kind, name }),
    duration(item.duration_ms),
    t("timeline.startsAt", "at {{time}}", { time: duration(item.start) }),
    ...stateWords(item),
    ...knownWords(item),
  ].join(", ");
}
