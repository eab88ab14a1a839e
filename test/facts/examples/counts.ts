import { type Example, story } from "../story";

const SIGNAL = { matched_pattern_count: 2, matched_patterns: ["act_as", "ignore_previous"], input_length: 20 };

export const COUNTS: readonly Example[] = [
  ["steps is the highest step, not the last", story().start().tool("a").tool("b").of(1).ok(), { steps: 2 }],
  [
    "calls are counted by kind",
    story().start().llm().tool("a").tool("a").retrieve("docs"),
    { llm_calls: 1, tool_calls: 2, retrievals: 1 },
  ],
  ["an LLM answer without a call counts as a call", story().llm().says().of(7).says(), { llm_calls: 2 }],
  ["a tool answer without a call is no call", story().of(3).ok(5, "a"), { tool_calls: 0 }],
  ["user turns count run.started too", story().start().input().input(), { user_turns: 3 }],
  ["but only once", story().start().start().input(), { user_turns: 2 }],
  ["and not when it is missing", story().llm().input(), { user_turns: 1 }],
  ["declared tools are counted", story().start({ tools: ["a", "b"] }), { tools_available: 2 }],
  ["none declared is 0", story().start({ tools: [] }), { tools_available: 0 }],
  ["a list that was cut keeps its count", story().start({ tools_count: 40 }), { tools_available: 40 }],
  ["tools not declared are not known", story().start(), { tools_available: undefined }],
  ["the longest arguments", story().tool("a", "x", 30).tool("a", "y", 12), { args_length_max: 30 }],
  ["arguments of unknown length", story().tool("a", "x"), { args_length_max: undefined }],
  [
    "most actions and LLM calls in one turn: 2, then 3",
    story().start().llm().tool("a").input().llm().tool("a").retrieve("docs").says(),
    { turn_calls_max: 3 },
  ],
  [
    "fewest results and worst score",
    story().retrieve("d").finds(4, { top_score: 0.5 }).retrieve("d").finds(2, { top_score: 0.25 }),
    { retrieval_min_results: 2, retrieval_min_score: 0.25 },
  ],
  [
    "no score is no known score",
    story().retrieve("d").finds(0, { top_score: null }),
    { retrieval_min_results: 0, retrieval_min_score: undefined },
  ],
  [
    "a retrieval answer without a call counts here",
    story().of(9).finds(1),
    { retrievals: 0, retrieval_min_results: 1 },
  ],
  [
    "an input with a hash was scanned",
    story().start({ input_hash: "2cf24dba5fb0a30e" }),
    { injection_patterns: 0, injection_strong: 0 },
  ],
  [
    "one without hash was not",
    story().start({ input_hash: "" }),
    { injection_patterns: undefined, injection_strong: undefined },
  ],
  [
    "nor one with the hash of nothing",
    story().start({ input_hash: "e3b0c44298fc1c14" }),
    { injection_patterns: undefined },
  ],
  [
    "unless it carries what the scan found",
    story().start({ injection_signal: SIGNAL }),
    { injection_patterns: 2, injection_strong: 1 },
  ],
  [
    "most patterns in one input, most strong labels in one input",
    story()
      .start({ injection_signal: SIGNAL })
      .input({
        injection_signal: {
          matched_pattern_count: 4,
          matched_patterns: ["act_as", "pretend", "jailbreak", "you_are_now"],
          input_length: 9,
        },
      }),
    { injection_patterns: 4, injection_strong: 1 },
  ],
];
