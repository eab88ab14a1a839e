import { type Example, story } from "../story";

const EMPTY = { finish_reason: "stop", output_length: 0 } as const;

export const LLM: readonly Example[] = [
  [
    "tokens are summed over calls, whichever line states them",
    story()
      .llm({ prompt_tokens: 100 })
      .says({ completion_tokens: 5 })
      .llm()
      .says({ prompt_tokens: 200, completion_tokens: 7 }),
    { prompt_tokens: 300, completion_tokens: 12, total_tokens: 312, unmetered_llm_calls: 0 },
  ],
  [
    "the answer's count replaces the call's",
    story().llm({ prompt_tokens: 90 }).says({ prompt_tokens: 100 }),
    { prompt_tokens: 100 },
  ],
  [
    "calls that state nothing",
    story().llm().says().llm(),
    { prompt_tokens: undefined, completion_tokens: undefined, total_tokens: undefined, unmetered_llm_calls: 2 },
  ],
  [
    "a run without LLM calls used nothing",
    story().start().tool("a"),
    { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0, cost_usd: 0 },
  ],
  [
    "the stated cost, else the price table: 1 + 256 tokens of 1/256 USD",
    story()
      .llm({ model: "m-small" })
      .says({ cost_usd: 1, completion_tokens: 9 })
      .llm({ model: "m-small" })
      .says({ prompt_tokens: 200, completion_tokens: 56 }),
    { cost_usd: 2, unpriced_llm_calls: 0 },
  ],
  [
    "a model without a price",
    story().llm({ model: "m-new" }).says({ completion_tokens: 9 }),
    { cost_usd: undefined, unpriced_llm_calls: 1 },
  ],
  ["no model at all", story().llm().says({ completion_tokens: 9 }), { cost_usd: undefined, unpriced_llm_calls: 1 }],
  [
    "truncated answers, the last call's too",
    story().llm().says({ finish_reason: "length" }).llm().says({ finish_reason: "length" }),
    { truncations: 2, truncated_last: 1 },
  ],
  [
    "the call made last decides",
    story().llm().llm().says({ finish_reason: "stop" }).of(1).says({ finish_reason: "length" }),
    { truncations: 1, truncated_last: 0 },
  ],
  [
    "an open call is not truncated",
    story().llm().says({ finish_reason: "length" }).llm(),
    { truncations: 1, truncated_last: 0 },
  ],
  ["an answer that stopped without text", story().llm().says(EMPTY).done(), { empty_responses: 1 }],
  ["at the end of what is known too", story().llm().says(EMPTY), { empty_responses: 1 }],
  [
    "not with a tool call in it",
    story()
      .llm()
      .says({ ...EMPTY, tool_call_count: 1 })
      .done(),
    { empty_responses: 0 },
  ],
  ["nor with one directly after it", story().llm().says(EMPTY).outside().policy().tool("a"), { empty_responses: 0 }],
  ["a retrieval is no tool call", story().llm().says(EMPTY).retrieve("d"), { empty_responses: 1 }],
  ["nor is a later one directly after it", story().llm().says(EMPTY).llm().tool("a"), { empty_responses: 1 }],
  [
    "other finish reasons are not empty",
    story().llm().says({ finish_reason: "tool_calls", output_length: 0 }),
    { empty_responses: 0 },
  ],
  [
    "without any known length it cannot be known",
    story().llm().says({ finish_reason: "stop" }),
    { empty_responses: undefined },
  ],
  ["without LLM calls there is none", story().start(), { empty_responses: 0 }],
  [
    "the context grows",
    story().llm({ prompt_tokens: 100 }).says().llm().says().llm().says({ prompt_tokens: 250 }),
    { context_first: 100, context_last: 250, context_growth: 2.5, context_calls: 2 },
  ],
  [
    "in the order of the calls",
    story().llm().llm({ prompt_tokens: 30 }).of(1).says({ prompt_tokens: 90 }),
    { context_first: 90, context_last: 30, context_growth: 0.3333 },
  ],
  [
    "not from 0",
    story().llm({ prompt_tokens: 0 }).llm({ prompt_tokens: 5 }),
    { context_first: 0, context_last: 5, context_growth: undefined },
  ],
  ["LLM calls since the last action", story().llm().tool("a").llm().llm(), { llm_tail: 2 }],
  ["or user turn", story().start().llm().input().llm(), { llm_tail: 1 }],
  ["a retrieval is an action", story().llm().retrieve("d"), { llm_tail: 0 }],
  [
    "all but the first after each input; the run's first counts",
    story().start().llm().llm().input().llm().llm().tool("a").input().llm(),
    { llm_calls: 5, llm_unprompted: 3, llm_tool_ratio: 3 },
  ],
  ["per action", story().llm().llm().llm().tool("a").retrieve("d"), { llm_unprompted: 3, llm_tool_ratio: 1.5 }],
  [
    "not known when tools were asked for, and used, and none was told",
    story().llm().says({ tool_call_count: 2 }).llm().says(),
    { llm_unprompted: 2, llm_tool_ratio: undefined },
  ],
  [
    "known when they were told",
    story().llm().says({ tool_call_count: 1 }).tool("a").llm().says(),
    { llm_tool_ratio: 2 },
  ],
  ["or when the run ended before they were used", story().llm().says({ tool_call_count: 1 }), { llm_tool_ratio: 1 }],
  ["streamed calls", story().llm({ streaming: true }).llm({ streaming: false }), { streaming_llm_calls: 1 }],
  [
    "changes of the answering model, nameless answers passed over",
    story()
      .llm()
      .says({ model: "a" })
      .llm()
      .says()
      .llm()
      .says({ model: "b" })
      .llm()
      .says({ model: "b" })
      .llm()
      .says({ model: "a" }),
    { model_changes: 2 },
  ],
  ["the model asked for does not count", story().llm({ model: "a" }).llm({ model: "b" }), { model_changes: 0 }],
];
