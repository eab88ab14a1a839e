import { MODEL, QUESTION, SYSTEM } from "./scenes";
import type { Convention } from "./traced";

const parts = (content: string) => [{ type: "text", content }];

/** The current names of OpenTelemetry for generative AI. */
export const GEN_AI: Convention = {
  agent: ({ agent }) => ({
    name: `invoke_agent ${agent}`,
    attributes: {
      "gen_ai.operation.name": "invoke_agent",
      "gen_ai.agent.name": agent,
      "gen_ai.input.messages": JSON.stringify([{ role: "user", parts: parts(QUESTION) }]),
    },
  }),
  chat: ({ streamed }) => ({
    name: `chat ${MODEL}`,
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "openai",
      "gen_ai.request.model": MODEL,
      ...(streamed ? { "gen_ai.request.stream": true } : {}),
      "gen_ai.system_instructions": JSON.stringify(parts(SYSTEM)),
      "gen_ai.input.messages": JSON.stringify([{ role: "user", parts: parts(QUESTION) }]),
    },
  }),
  answered: ({ model, finish, usage, content, calls }, firstSeconds) => ({
    "gen_ai.response.model": model,
    "gen_ai.response.finish_reasons": [finish],
    "gen_ai.usage.input_tokens": usage?.prompt_tokens,
    "gen_ai.usage.output_tokens": usage?.completion_tokens,
    "gen_ai.usage.cache_read.input_tokens": usage?.prompt_tokens_details?.cached_tokens,
    "gen_ai.usage.reasoning.output_tokens": usage?.completion_tokens_details?.reasoning_tokens,
    "gen_ai.response.time_to_first_chunk": firstSeconds,
    "gen_ai.output.messages": JSON.stringify([
      {
        role: "assistant",
        parts: [
          ...(content === "" ? [] : parts(content)),
          ...calls.map(({ id, name, args }) => ({ type: "tool_call", id, name, arguments: JSON.parse(args) })),
        ],
      },
    ]),
  }),
  tool: (name, args, id) => ({
    name: `execute_tool ${name}`,
    attributes: {
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": name,
      "gen_ai.tool.call.id": id,
      "gen_ai.tool.call.arguments": args,
    },
  }),
  used: (result) => ({ "gen_ai.tool.call.result": result }),
};

/** The flat names that OpenLLMetry wrote until 2026 and that many programs still write. */
export const OPENLLMETRY: Convention = {
  agent: ({ agent }) => ({
    name: `${agent}.workflow`,
    attributes: {
      "traceloop.span.kind": "workflow",
      "traceloop.workflow.name": agent,
      "traceloop.entity.name": agent,
      "traceloop.entity.input": JSON.stringify({ args: [], kwargs: { question: QUESTION } }),
    },
  }),
  chat: ({ agent, streamed }) => ({
    name: "openai.chat",
    attributes: {
      "llm.request.type": "chat",
      "gen_ai.system": "openai",
      "gen_ai.request.model": MODEL,
      "llm.is_streaming": streamed,
      "traceloop.workflow.name": agent,
      "gen_ai.prompt.0.role": "system",
      "gen_ai.prompt.0.content": SYSTEM,
      "gen_ai.prompt.1.role": "user",
      "gen_ai.prompt.1.content": QUESTION,
    },
  }),
  firstPiece: (span) => span.addEvent("llm.content.completion.chunk"),
  answered: ({ model, finish, usage, content, calls }) => ({
    "gen_ai.response.model": model,
    "gen_ai.usage.prompt_tokens": usage?.prompt_tokens,
    "gen_ai.usage.completion_tokens": usage?.completion_tokens,
    "llm.usage.total_tokens": usage?.total_tokens,
    "gen_ai.usage.cache_read_input_tokens": usage?.prompt_tokens_details?.cached_tokens,
    "gen_ai.usage.reasoning_tokens": usage?.completion_tokens_details?.reasoning_tokens,
    "gen_ai.completion.0.finish_reason": finish,
    "gen_ai.completion.0.role": "assistant",
    ...(content === "" ? {} : { "gen_ai.completion.0.content": content }),
    ...Object.fromEntries(
      calls.flatMap(({ id, name, args }, at) => [
        [`gen_ai.completion.0.tool_calls.${at}.id`, id],
        [`gen_ai.completion.0.tool_calls.${at}.name`, name],
        [`gen_ai.completion.0.tool_calls.${at}.arguments`, args],
      ]),
    ),
  }),
  tool: (name, args) => ({
    name: `${name}.tool`,
    attributes: {
      "traceloop.span.kind": "tool",
      "traceloop.entity.name": name,
      "traceloop.entity.input": JSON.stringify({ args: [], kwargs: JSON.parse(args) }),
    },
  }),
  used: (result) => ({ "traceloop.entity.output": JSON.stringify(result) }),
};
