/**
 * Whose convention a name is: `otel` OpenTelemetry GenAI, current or earlier; `traceloop` OpenLLMetry; `openinference`;
 * `vercel` the AI SDK 4 to 7; `haystack` 2 and 3; `hayhooks`; `anthropic` the tracer inside Anthropic's own package;
 * `dunetrace` ours.
 */
export type Source =
  | "otel"
  | "traceloop"
  | "openinference"
  | "vercel"
  | "haystack"
  | "hayhooks"
  | "anthropic"
  | "dunetrace";

/** Attribute names that mean one thing, the first that has a usable value counts. */
type Names = readonly (readonly [name: string, source: Source])[];

/** Every attribute name that is read for a value, by what it means. New names come before those they replaced. */
export const ATTRIBUTES = {
  requestModel: [
    ["gen_ai.request.model", "otel"],
    ["llm.request.model_name", "openinference"],
    ["llm.request.model", "traceloop"],
    ["ai.model.id", "vercel"],
  ],
  /** JSON, in which the model is named. */
  requestParameters: [["llm.invocation_parameters", "openinference"]],
  responseModel: [
    ["gen_ai.response.model", "otel"],
    ["llm.response.model_name", "openinference"],
    ["llm.model_name", "openinference"],
    ["ai.response.model", "vercel"],
  ],
  responseId: [
    ["gen_ai.response.id", "otel"],
    ["ai.response.id", "vercel"],
  ],
  provider: [
    ["gen_ai.provider.name", "otel"],
    ["gen_ai.system", "otel"],
    ["llm.provider", "openinference"],
    ["llm.system", "openinference"],
    ["ai.model.provider", "vercel"],
  ],
  /** The provider behind a framework that names itself as one. */
  frameworkProvider: [["traceloop.association.properties.ls_provider", "traceloop"]],
  promptTokens: [
    ["gen_ai.usage.input_tokens", "otel"],
    ["gen_ai.usage.prompt_tokens", "otel"],
    ["llm.token_count.prompt", "openinference"],
    ["ai.usage.inputTokens", "vercel"],
    ["ai.usage.promptTokens", "vercel"],
    ["llm.usage.prompt_tokens", "traceloop"],
  ],
  completionTokens: [
    ["gen_ai.usage.output_tokens", "otel"],
    ["gen_ai.usage.completion_tokens", "otel"],
    ["llm.token_count.completion", "openinference"],
    ["ai.usage.outputTokens", "vercel"],
    ["ai.usage.completionTokens", "vercel"],
    ["llm.usage.completion_tokens", "traceloop"],
  ],
  cacheReadTokens: [
    ["gen_ai.usage.cache_read.input_tokens", "otel"],
    ["gen_ai.usage.cache_read_input_tokens", "traceloop"],
    ["llm.token_count.prompt_details.cache_read", "openinference"],
    ["ai.usage.cachedInputTokens", "vercel"],
  ],
  cacheWriteTokens: [
    ["gen_ai.usage.cache_write.input_tokens", "otel"],
    ["gen_ai.usage.cache_creation.input_tokens", "otel"],
    ["gen_ai.usage.cache_creation_input_tokens", "traceloop"],
    ["llm.token_count.prompt_details.cache_write", "openinference"],
  ],
  reasoningTokens: [
    ["gen_ai.usage.reasoning.output_tokens", "otel"],
    ["gen_ai.usage.reasoning_tokens", "traceloop"],
    ["llm.token_count.completion_details.reasoning", "openinference"],
    ["ai.usage.reasoningTokens", "vercel"],
  ],
  finishReason: [
    ["gen_ai.response.finish_reasons", "otel"],
    ["gen_ai.response.finish_reason", "otel"],
    ["gen_ai.response.finish_reasons.0", "otel"],
    ["gen_ai.completion.0.finish_reason", "traceloop"],
    ["llm.finish_reason", "openinference"],
    ["llm.response.finish_reason", "traceloop"],
    ["ai.response.finishReason", "vercel"],
    ["anthropic.message.stop_reason", "anthropic"],
  ],
  streaming: [
    ["gen_ai.request.stream", "otel"],
    ["gen_ai.is_streaming", "traceloop"],
    ["llm.is_streaming", "traceloop"],
    ["hayhooks.openai.stream_requested", "hayhooks"],
  ],
  /** Seconds from the request to the first piece of the answer. */
  firstTokenSeconds: [
    ["gen_ai.response.time_to_first_chunk", "otel"],
    ["gen_ai.server.time_to_first_token", "otel"],
  ],
  /** The same in ms. */
  firstTokenMillis: [["ai.response.msToFirstChunk", "vercel"]],
  /** Messages of the model, as a list or as JSON. */
  outputMessages: [["gen_ai.output.messages", "otel"]],
  outputText: [
    ["gen_ai.completion.0.content", "traceloop"],
    ["ai.response.text", "vercel"],
    ["ai.response.object", "vercel"],
    ["llm.output_messages.0.message.content", "openinference"],
    ["llm.output_messages.0.message.contents.0.message_content.text", "openinference"],
    ["gen_ai.completion", "otel"],
  ],
  /** Tool calls that the model asked for, as a list or as JSON. */
  outputToolCalls: [["ai.response.toolCalls", "vercel"]],
  toolName: [
    ["gen_ai.tool.name", "otel"],
    ["tool.name", "openinference"],
    ["ai.toolCall.name", "vercel"],
    ["haystack.tool.name", "haystack"],
    ["traceloop.entity.name", "traceloop"],
  ],
  toolCallId: [
    ["gen_ai.tool.call.id", "otel"],
    ["ai.toolCall.id", "vercel"],
    ["tool.id", "openinference"],
  ],
  toolArguments: [
    ["gen_ai.tool.call.arguments", "otel"],
    ["ai.toolCall.args", "vercel"],
    ["haystack.agent.step.tool.input", "haystack"],
    ["tool.arguments", "otel"],
    ["traceloop.entity.input", "traceloop"],
    ["input.value", "openinference"],
  ],
  toolResult: [
    ["gen_ai.tool.call.result", "otel"],
    ["ai.toolCall.result", "vercel"],
    ["haystack.agent.step.tool.output", "haystack"],
    ["tool.result", "otel"],
    ["traceloop.entity.output", "traceloop"],
    ["output.value", "openinference"],
  ],
  index: [
    ["gen_ai.data_source.id", "otel"],
    ["retrieval.index_name", "otel"],
    ["vector_db.collection_name", "traceloop"],
    ["db.vector.table_name", "traceloop"],
    ["db.collection.name", "otel"],
    ["haystack.component.name", "haystack"],
    ["traceloop.entity.name", "traceloop"],
  ],
  query: [
    ["gen_ai.retrieval.query.text", "otel"],
    ["haystack.component.input", "haystack"],
    ["traceloop.entity.input", "traceloop"],
    ["input.value", "openinference"],
  ],
  /** A list of results, an object with `documents`, or either as JSON. */
  documents: [
    ["gen_ai.retrieval.documents", "otel"],
    ["retrieval.documents", "openinference"],
    ["haystack.component.output", "haystack"],
    ["traceloop.entity.output", "traceloop"],
    ["output.value", "openinference"],
  ],
  resultCount: [
    ["retrieval.result_count", "otel"],
    ["db.result_count", "otel"],
  ],
  topScore: [["retrieval.top_score", "otel"]],
  errorType: [
    ["error.type", "otel"],
    ["hayhooks.error.type", "hayhooks"],
  ],
  errorMessage: [
    ["error.message", "otel"],
    ["hayhooks.error.message", "hayhooks"],
  ],
  /** The agent, in the order in which names are preferred; `service.name` comes last, from the resource. */
  agent: [
    ["gen_ai.agent.name", "otel"],
    ["agent.name", "openinference"],
    ["traceloop.workflow.name", "traceloop"],
    ["ai.telemetry.functionId", "vercel"],
    ["resource.name", "vercel"],
    ["hayhooks.pipeline.name", "hayhooks"],
    ["haystack.pipeline.metadata.name", "haystack"],
  ],
  version: [
    ["dunetrace.agent_version", "dunetrace"],
    ["gen_ai.agent.version", "otel"],
  ],
  /** Names of declared tools, as a list, as JSON or separated by commas. */
  tools: [
    ["dunetrace.tools", "dunetrace"],
    ["gen_ai.tool.definitions", "otel"],
    ["haystack.agent.tools", "haystack"],
  ],
  session: [
    ["gen_ai.conversation.id", "otel"],
    ["session.id", "openinference"],
    ["traceloop.association.properties.session_id", "traceloop"],
    ["ai.telemetry.metadata.sessionId", "vercel"],
  ],
  user: [
    ["user.id", "openinference"],
    ["enduser.id", "otel"],
    ["traceloop.association.properties.user_id", "traceloop"],
    ["ai.telemetry.metadata.userId", "vercel"],
  ],
  /** What the run was asked. */
  input: [
    ["gen_ai.input.messages", "otel"],
    ["traceloop.entity.input", "traceloop"],
    ["ai.prompt", "vercel"],
    ["haystack.pipeline.input_data", "haystack"],
    ["haystack.agent.input", "haystack"],
    ["input.value", "openinference"],
  ],
  transport: [["hayhooks.transport", "hayhooks"]],
  route: [
    ["hayhooks.route", "hayhooks"],
    ["http.route", "otel"],
    ["http.target", "otel"],
  ],
  httpStatus: [
    ["hayhooks.http.status_code", "hayhooks"],
    ["http.response.status_code", "otel"],
    ["http.status_code", "otel"],
  ],
  pipeline: [["hayhooks.pipeline.name", "hayhooks"]],
  streamType: [["hayhooks.response.stream_type", "hayhooks"]],
} as const satisfies Record<string, Names>;

/** What an attribute can mean. */
export type Meaning = keyof typeof ATTRIBUTES;

/** Scopes of tracers that a provider ships in its own package: what they say of a call is first-hand. */
export const FIRST_HAND_SCOPES: readonly string[] = ["com.anthropic.sdk"];

/** Span events that mark the first piece of a streamed answer. */
export const FIRST_TOKEN_EVENTS: ReadonlySet<string> = new Set([
  "First Token Stream Event",
  "llm.content.completion.chunk",
  "gen_ai.content.completion.chunk",
  "ai.stream.firstChunk",
]);
