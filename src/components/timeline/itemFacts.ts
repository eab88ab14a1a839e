import { count, dollars, duration, NO_DATA } from "../../core/words";
import { t } from "../text";
import type { TimelineItem } from "./item";
import { isStep, isStreamed } from "./itemWords";

/** One thing that is known of a call. */
export interface ItemFact {
  readonly label: string;
  readonly value: string;
  /** An id or a hash: worth copying. */
  readonly copy?: boolean;
}

type Known = string | number | boolean | null | undefined;

/** A row of the card, or none where nothing is known. */
function fact<T extends Known>(label: string, value: T | undefined, show: (value: T) => string = String): ItemFact[] {
  return value === undefined || value === "" ? [] : [{ label, value: show(value) }];
}
const id = (label: string, value: string | undefined): ItemFact[] =>
  value === undefined || value === "" ? [] : [{ label, value, copy: true }];
const yesNo = (value: boolean): string => (value ? t("timeline.yes", "yes") : t("timeline.no", "no"));

/** Everything the lines say of an item, without content. */
export function itemFacts(item: TimelineItem): ItemFact[] {
  return [
    ...fact(t("timeline.fact.took", "Took"), item.duration_ms, duration),
    ...fact(t("timeline.fact.at", "Began after"), item.start, duration),
    ...(item.step === undefined ? [] : fact(t("timeline.fact.turn", "Turn"), item.step.turn + 1)),
    ...ownFacts(item),
  ];
}

function ownFacts(item: TimelineItem): ItemFact[] {
  const { step, span } = item;
  if (isStep(step, "llm")) {
    const { call, answer } = step;
    return [
      ...fact(t("timeline.fact.provider", "Provider"), call?.provider),
      ...(answer?.model === call?.model ? [] : fact(t("timeline.fact.answeredBy", "Answered by"), answer?.model)),
      ...fact(t("timeline.fact.prompt", "Prompt tokens"), answer?.prompt_tokens ?? call?.prompt_tokens, count),
      ...fact(t("timeline.fact.completion", "Completion tokens"), answer?.completion_tokens, count),
      ...fact(t("timeline.fact.reasoning", "Of these reasoning"), answer?.reasoning_tokens, count),
      ...fact(t("timeline.fact.cacheRead", "Read from cache"), answer?.cache_read_tokens, count),
      ...fact(t("timeline.fact.cacheWrite", "Written to cache"), answer?.cache_write_tokens, count),
      ...fact(t("timeline.fact.cost", "Cost"), answer?.cost_usd, dollars),
      ...fact(t("timeline.fact.latency", "Latency"), answer?.latency_ms, duration),
      ...fact(t("timeline.fact.firstToken", "First token after"), answer?.first_token_ms, duration),
      ...(isStreamed(item) ? fact(t("timeline.fact.streaming", "Streamed"), true, yesNo) : []),
      ...fact(t("timeline.fact.finish", "Finish reason"), answer?.finish_reason, (reason) => reason.replace("_", " ")),
      ...fact(t("timeline.fact.toolCalls", "Tool calls asked for"), answer?.tool_call_count),
      ...fact(t("timeline.fact.outputLength", "Length of the answer"), answer?.output_length, count),
      ...id(t("timeline.fact.outputHash", "Hash of the answer"), answer?.output_hash),
      ...fact(t("timeline.fact.promptName", "Prompt"), call?.prompt_name),
      ...fact(t("timeline.fact.promptVersion", "Prompt version"), call?.prompt_version),
      ...errorFacts(answer),
    ];
  }
  if (isStep(step, "tool")) {
    const { call, answer } = step;
    return [
      ...fact(t("timeline.fact.success", "Success"), answer?.success, yesNo),
      ...fact(t("timeline.fact.latency", "Latency"), answer?.latency_ms, duration),
      ...fact(t("timeline.fact.resultLength", "Length of the result"), answer?.output_length, count),
      ...fact(t("timeline.fact.argsLength", "Length of the arguments"), call?.args_length, count),
      ...fact(t("timeline.fact.argsShape", "Shape of the arguments"), call?.args_shape),
      ...id(t("timeline.fact.argsHash", "Hash of the arguments"), call?.args_hash),
      ...errorFacts(answer),
    ];
  }
  if (isStep(step, "retrieval")) {
    const { call, answer } = step;
    return [
      ...fact(t("timeline.fact.results", "Results"), answer?.result_count),
      ...fact(t("timeline.fact.score", "Best score"), answer?.top_score, (score) =>
        score === null ? NO_DATA : String(score),
      ),
      ...fact(t("timeline.fact.latency", "Latency"), answer?.latency_ms, duration),
      ...id(t("timeline.fact.queryHash", "Hash of the query"), call?.query_hash),
      ...errorFacts(answer),
    ];
  }
  return [
    ...fact(t("timeline.fact.component", "Component"), span?.payload.name),
    ...fact(t("timeline.fact.componentKind", "Kind"), span?.payload.kind),
    ...fact(t("timeline.fact.status", "Status"), span?.payload.status),
    ...Object.entries(span?.payload.attrs ?? {}).flatMap(([name, value]) => fact(name, value)),
  ];
}

function errorFacts(answer: { error_type?: string | undefined; error_hash?: string | undefined } | undefined) {
  return [
    ...fact(t("timeline.fact.errorType", "Error"), answer?.error_type),
    ...id(t("timeline.fact.errorHash", "Hash of the error"), answer?.error_hash),
  ];
}
