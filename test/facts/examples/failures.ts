import { type Example, story } from "../story";

export const FAILURES: readonly Example[] = [
  [
    "failures and their share of the calls",
    story().failing("a").working("a").working("a"),
    { tool_failures: 1, failure_share: 0.3333 },
  ],
  ["an unknown success is no failure", story().tool("a").returns({}), { tool_failures: 0, failure_share: 0 }],
  [
    "an answer without a call counts as a failure, though not as a call",
    story().of(4).fails(5, "a"),
    { tool_failures: 1, failure_share: 1, retry_streak: 1, retry_tool: "a", first_failure_step: 4 },
  ],
  [
    "failures of a tool since its last success",
    story().failing("a").working("a").failing("a").working("b").failing("a"),
    { retry_streak: 2, retry_tool: "a" },
  ],
  ["0 when it recovered", story().failing("a").failing("a").working("a"), { retry_streak: 0, retry_tool: undefined }],
  [
    "then another tool's",
    story().failing("a").failing("a").failing("b").working("a"),
    { retry_streak: 1, retry_tool: "b" },
  ],
  [
    "of equals the tool answered first",
    story().tool("a").tool("b").of(2).fails(1, "b").of(1).fails(1, "a"),
    { retry_streak: 1, retry_tool: "b" },
  ],
  [
    "within one turn",
    story().start().failing("a").input().failing("a").failing("a"),
    { retry_streak: 3, retry_streak_turn: 2 },
  ],
  [
    "one call over and over",
    story().failing("a", "x").failing("a", "y").failing("a", "x"),
    { retry_streak: 3, failed_repeats: 2 },
  ],
  [
    "until the tool succeeds, with whatever arguments",
    story().failing("a", "x").failing("a", "x").working("a", "y"),
    { failed_repeats: 0 },
  ],
  ["unknown arguments repeat nothing", story().failing("a").failing("a"), { failed_repeats: 0 }],
  [
    "a chain over two tools",
    story().failing("a").failing("a").failing("b"),
    { cascade_length: 3, cascade_tools: 2, cascade_open: 3 },
  ],
  [
    "one tool makes no chain",
    story().failing("a").failing("a"),
    { cascade_length: 0, cascade_tools: 0, cascade_open: 0 },
  ],
  [
    "a success of any tool closes it",
    story().failing("a").failing("b").working("c").failing("a"),
    { cascade_length: 2, cascade_tools: 2, cascade_open: 0 },
  ],
  [
    "an unknown success ends the chain but does not close it",
    story().failing("a").failing("b").tool("a").returns({}).failing("a"),
    { cascade_length: 2, cascade_open: 2 },
  ],
  ["another turn starts anew", story().start().failing("a").input().failing("b"), { cascade_length: 0 }],
  [
    "in the order of the answers",
    story().tool("a").tool("b").tool("b").of(3).fails().of(2).ok().of(1).fails(),
    { cascade_length: 0 },
  ],
  [
    "failures after the last success",
    story().failing("a").working("b").failing("a").failing("c"),
    { tail_failures: 2 },
  ],
  [
    "of the last turn that has tool calls",
    story().start().failing("a").input().failing("a").input().llm(),
    { tail_failures: 1 },
  ],
  ["even if none was answered there", story().start().failing("a").input().tool("a"), { tail_failures: 0 }],
  [
    "the first failure is at the step of its call",
    story().tool("a").tool("b").of(1).fails(),
    { first_failure_step: 1, first_failure_kind: "tool_failure" },
  ],
  [
    "an error ends the run at its step",
    story().start().llm().says().errored(),
    { first_failure_step: 1, first_failure_kind: "run_errored" },
  ],
  [
    "a policy that stops the run is no failure",
    story().start().errored("policy_violation"),
    { first_failure_step: undefined, first_failure_kind: undefined },
  ],
  [
    "an empty answer",
    story().llm().says({ finish_reason: "stop", output_length: 0 }).done(),
    { first_failure_step: 1, first_failure_kind: "empty_llm_response" },
  ],
  [
    "at a tie the run's error comes first",
    story().llm().says({ finish_reason: "stop", output_length: 0 }).errored(),
    { first_failure_step: 1, first_failure_kind: "run_errored" },
  ],
  [
    "then the empty answer",
    story().llm().says({ finish_reason: "stop", output_length: 0 }).of(1).fails(1, "a"),
    { first_failure_step: 1, first_failure_kind: "empty_llm_response" },
  ],
  ["of two terminal events the later counts", story().start().errored().done(), { first_failure_step: undefined }],
];
