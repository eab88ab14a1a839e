/**
 * Attribute names by what they mean, the first that has a usable value counts: those of OpenTelemetry GenAI, current and
 * earlier, of the AI SDK 4 to 7, of OpenInference and of OpenLLMetry.
 */
export const NAMES = {
  requestModel: ["gen_ai.request.model", "llm.request.model_name", "ai.model.id", "llm.model_name"],
  responseModel: ["gen_ai.response.model", "llm.response.model_name", "ai.response.model"],
  provider: ["gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system", "ai.model.provider"],
  promptTokens: [
    "gen_ai.usage.input_tokens",
    "gen_ai.usage.prompt_tokens",
    "llm.token_count.prompt",
    "ai.usage.inputTokens",
    "ai.usage.promptTokens",
    "llm.usage.prompt_tokens",
  ],
  completionTokens: [
    "gen_ai.usage.output_tokens",
    "gen_ai.usage.completion_tokens",
    "llm.token_count.completion",
    "ai.usage.outputTokens",
    "ai.usage.completionTokens",
    "llm.usage.completion_tokens",
  ],
  cacheReadTokens: [
    "gen_ai.usage.cache_read.input_tokens",
    "gen_ai.usage.cache_read_input_tokens",
    "llm.token_count.prompt_details.cache_read",
    "ai.usage.inputTokenDetails.cacheReadTokens",
    "ai.usage.cachedInputTokens",
  ],
  cacheWriteTokens: [
    "gen_ai.usage.cache_write.input_tokens",
    "gen_ai.usage.cache_creation.input_tokens",
    "gen_ai.usage.cache_creation_input_tokens",
    "llm.token_count.prompt_details.cache_write",
    "ai.usage.inputTokenDetails.cacheWriteTokens",
  ],
  reasoningTokens: [
    "gen_ai.usage.reasoning.output_tokens",
    "gen_ai.usage.reasoning_tokens",
    "llm.token_count.completion_details.reasoning",
    "ai.usage.outputTokenDetails.reasoningTokens",
    "ai.usage.reasoningTokens",
  ],
  finishReason: [
    "gen_ai.response.finish_reasons",
    "gen_ai.response.finish_reason",
    "gen_ai.completion.0.finish_reason",
    "llm.finish_reason",
    "ai.response.finishReason",
  ],
  streaming: ["gen_ai.request.stream", "gen_ai.is_streaming", "llm.is_streaming"],
  outputMessages: ["gen_ai.output.messages"],
  outputText: [
    "gen_ai.completion.0.content",
    "ai.response.text",
    "ai.response.object",
    "llm.output_messages.0.message.content",
    "gen_ai.completion",
  ],
  outputToolCalls: ["ai.response.toolCalls"],
  firstTokenSeconds: ["gen_ai.response.time_to_first_chunk", "gen_ai.server.time_to_first_token"],
  firstTokenMillis: ["ai.response.msToFirstChunk"],
  toolName: ["gen_ai.tool.name", "tool.name", "ai.toolCall.name", "traceloop.entity.name"],
  toolArguments: [
    "gen_ai.tool.call.arguments",
    "ai.toolCall.args",
    "tool.arguments",
    "traceloop.entity.input",
    "input.value",
  ],
  toolResult: [
    "gen_ai.tool.call.result",
    "ai.toolCall.result",
    "tool.result",
    "traceloop.entity.output",
    "output.value",
  ],
  index: ["gen_ai.data_source.id", "db.collection.name", "db.vector.table_name", "traceloop.entity.name"],
  query: ["gen_ai.retrieval.query.text", "traceloop.entity.input", "input.value"],
  documents: ["gen_ai.retrieval.documents", "traceloop.entity.output", "output.value"],
  agent: ["gen_ai.agent.name", "agent.name", "traceloop.workflow.name", "ai.telemetry.functionId", "resource.name"],
  version: ["dunetrace.agent_version", "gen_ai.agent.version"],
  session: [
    "gen_ai.conversation.id",
    "session.id",
    "traceloop.association.properties.session_id",
    "ai.telemetry.metadata.sessionId",
  ],
  user: ["user.id", "enduser.id", "traceloop.association.properties.user_id", "ai.telemetry.metadata.userId"],
  input: ["gen_ai.input.messages", "ai.prompt", "traceloop.entity.input", "input.value"],
} as const satisfies Record<string, readonly string[]>;

/** What an attribute can mean. */
export type Meaning = keyof typeof NAMES;

/** Spans events that mark the first piece of a streamed answer. */
export const FIRST_TOKEN_EVENTS: ReadonlySet<string> = new Set([
  "First Token Stream Event",
  "gen_ai.content.completion.chunk",
  "llm.content.completion.chunk",
  "ai.stream.firstChunk",
]);
