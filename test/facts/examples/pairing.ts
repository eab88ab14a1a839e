import { type Example, story } from "../story";

/** Which call an answer belongs to shows in the step of its failure and in what stays open. */
export const PAIRING: readonly Example[] = [
  ["by step", story().tool("a").tool("a").of(2).fails(1, "a"), { first_failure_step: 2 }],
  [
    "of several with one step the first with its name",
    story().tool("a").parallel().tool("b").fails(1, "b").ok(1, "a"),
    { tool_failures: 1, retry_tool: "b" },
  ],
  ["else the first", story().tool("a").parallel().tool("b").fails(1, "c"), { retry_tool: "a" }],
  ["a call of its kind only", story().llm().of(1).fails(1, "a"), { llm_calls: 1, tool_failures: 1, retry_tool: "a" }],
  [
    "a second answer fits no call",
    story().tool("a", "x").fails(1, "a").of(1).fails(1, "a"),
    { tool_calls: 1, tool_failures: 2, failure_share: 2, retry_streak: 2, failed_repeats: 1 },
  ],
  [
    "a second LLM answer is a call of its own",
    story().llm().says({ prompt_tokens: 5 }).says({ prompt_tokens: 6 }),
    { llm_calls: 2, prompt_tokens: 11 },
  ],
  [
    "without schema the oldest open call of that name since the last LLM call",
    story().withoutSchema().tool("a").llm().tool("a").tool("a").fails(1, "a"),
    { first_failure_step: 3 },
  ],
  [
    "else the newest older one",
    story().withoutSchema().tool("a").tool("a").llm().fails(1, "a"),
    { first_failure_step: 2 },
  ],
  [
    "the step says nothing there",
    story().withoutSchema().tool("a").tool("b").of(2).fails(1, "a"),
    { first_failure_step: 1 },
  ],
  [
    "an answer without a name: the newest of its kind",
    story().withoutSchema().tool("a").tool("b").fails(1),
    { retry_tool: "b" },
  ],
  [
    "LLM answers: the newest open call",
    story().withoutSchema().llm().llm().says({ prompt_tokens: 5 }).says({ prompt_tokens: 6 }),
    { context_first: 6, context_last: 5 },
  ],
  [
    "by call_id where both have one",
    story()
      .withoutSchema()
      .id("1")
      .llm()
      .id("2")
      .llm()
      .id("1")
      .says({ prompt_tokens: 5 })
      .id("2")
      .says({ prompt_tokens: 6 }),
    { llm_calls: 2, context_first: 5, context_last: 6 },
  ],
  [
    "a call with an id takes no other answer",
    story().withoutSchema().id("1").llm().says().id("9").says(),
    { llm_calls: 3 },
  ],
  ["an answer with an id takes a call without one", story().withoutSchema().llm().id("1").says(), { llm_calls: 1 }],
  [
    "an event belongs to the turn of its call",
    story().start().failing("a").tool("b").input().of(2).fails(1, "b"),
    { cascade_length: 2 },
  ],
  ["answers after the terminal count", story().start().tool("a").done().fails(1, "a"), { tool_failures: 1 }],
];
