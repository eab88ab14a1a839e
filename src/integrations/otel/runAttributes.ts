import type { Attributes } from "@opentelemetry/api";
import type { RecordedEvent } from "../../sdk";

type Called = Extract<RecordedEvent, { event_type: `${string}.called` }>;

/** The name OpenTelemetry gives the span of such a call. */
export function spanNameOf(call: Called): string {
  switch (call.event_type) {
    case "llm.called":
      return call.payload.model === undefined ? "chat" : `chat ${call.payload.model}`;
    case "tool.called":
      return `execute_tool ${call.payload.tool_name}`;
    case "retrieval.called":
      return `retrieval ${call.payload.index_name}`;
  }
}

function calledAttributes(call: Called): Readonly<Record<string, string | number | boolean | undefined>> {
  switch (call.event_type) {
    case "llm.called": {
      const { model, provider, streaming } = call.payload;
      return {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": model,
        "gen_ai.provider.name": provider,
        "gen_ai.request.stream": streaming,
      };
    }
    case "tool.called":
      return { "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": call.payload.tool_name };
    case "retrieval.called":
      return { "gen_ai.operation.name": "retrieval", "gen_ai.data_source.id": call.payload.index_name };
  }
}

function answerAttributes(answer: Readonly<RecordedEvent>): Readonly<Record<string, string | number | undefined>> {
  if (answer.event_type === "llm.responded") {
    const { payload } = answer;
    return {
      "gen_ai.response.model": payload.model,
      "gen_ai.usage.input_tokens": payload.prompt_tokens,
      "gen_ai.usage.output_tokens": payload.completion_tokens,
      "gen_ai.usage.cache_read.input_tokens": payload.cache_read_tokens,
      "gen_ai.usage.cache_write.input_tokens": payload.cache_write_tokens,
      "gen_ai.usage.reasoning.output_tokens": payload.reasoning_tokens,
      "dunetrace.cost_usd": payload.cost_usd,
      "error.type": payload.error_type,
    };
  }
  if (answer.event_type === "retrieval.responded") {
    return { "retrieval.result_count": answer.payload.result_count, "error.type": answer.payload.error_type };
  }
  return answer.event_type === "tool.responded" ? { "error.type": answer.payload.error_type } : {};
}

function hasFailed(answer: Readonly<RecordedEvent> | undefined): boolean {
  if (answer === undefined) return false;
  if (answer.event_type === "tool.responded") return answer.payload.success === false;
  return "error_type" in answer.payload && answer.payload.error_type !== undefined;
}

/** What the span of a call says: names, counts and costs, never content. */
export function attributesOf(call: Called, answer: Readonly<RecordedEvent> | undefined) {
  const attributes: Attributes = {};
  const finish = answer?.event_type === "llm.responded" ? answer.payload.finish_reason : undefined;
  const all = { ...calledAttributes(call), ...(answer === undefined ? {} : answerAttributes(answer)) };
  for (const [name, value] of Object.entries(all)) if (value !== undefined) attributes[name] = value;
  attributes["dunetrace.step_index"] = call.step_index;
  if (finish !== undefined) attributes["gen_ai.response.finish_reasons"] = [finish];
  return { attributes, failed: hasFailed(answer) };
}
