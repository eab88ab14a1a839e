import { type Example, story } from "../story";

export const LOOPS: readonly Example[] = [
  [
    "no action, no loop",
    story().start().llm(),
    { loop_count: 0, loop_tool: undefined, loop_identical: 0, loop_stuck: 0, loop_distinct: undefined },
  ],
  [
    "at the start the window is shorter",
    story().tool("a", "x").tool("a", "y"),
    { loop_count: 2, loop_tool: "a", loop_identical: 1, loop_distinct: 2 },
  ],
  [
    "3 of 5 consecutive actions",
    story().tool("a", "x").tool("b").tool("a", "x").tool("b").tool("a", "y"),
    { loop_count: 3, loop_tool: "a", loop_identical: 2, loop_distinct: 2 },
  ],
  [
    "a sixth action is out of reach",
    story().tool("a", "x").tool("b").tool("c").tool("d").tool("e").tool("a", "x"),
    { loop_count: 1, loop_tool: "a", loop_identical: 1 },
  ],
  ["at a tie the earliest", story().tool("b").tool("a").tool("a").tool("b"), { loop_count: 2, loop_tool: "a" }],
  [
    "a tool and an index of the same name differ",
    story().tool("docs", "x").retrieve("docs", "x").retrieve("docs", "x"),
    { loop_count: 2, loop_tool: "docs", loop_identical: 2, repeat_calls: 1 },
  ],
  [
    "unknown arguments equal nothing",
    story().tool("a").tool("a"),
    { loop_count: 2, loop_identical: 0, loop_distinct: undefined },
  ],
  [
    "fewest distinct arguments: of the windows a(x) a(y) a(z) and a(y) a(z) a(z)",
    story().tool("a", "x").tool("a", "y").tool("a", "z").tool("b").tool("c").tool("a", "z").tool("a", "z"),
    { loop_count: 3, loop_identical: 3, loop_distinct: 1 },
  ],
  [
    "one unknown argument in such a window: not known",
    story().tool("a", "x").tool("a").tool("b").tool("b").tool("b").tool("a", "x"),
    { loop_count: 3, loop_tool: "b", loop_distinct: undefined },
  ],
  [
    "equal arguments and answers in one turn",
    story().tool("a", "x").ok(5).tool("a", "x").ok(5).tool("a", "x").ok(6),
    { loop_identical: 3, loop_stuck: 2 },
  ],
  ["success is part of the answer", story().tool("a", "x").ok(5).tool("a", "x").fails(5), { loop_stuck: 1 }],
  [
    "an unknown size equals nothing",
    story().tool("a", "x").ok().tool("a", "x").ok(),
    { loop_identical: 2, loop_stuck: 0 },
  ],
  [
    "of retrievals the result count",
    story().retrieve("d", "x").finds(0).retrieve("d", "x").finds(0),
    { loop_stuck: 2 },
  ],
  [
    "another turn starts anew",
    story().start().tool("a", "x").ok(5).input().tool("a", "x").ok(5),
    { loop_count: 2, loop_identical: 2, loop_stuck: 1 },
  ],
  [
    "an answer belongs to the turn of its call, however late",
    story().start().tool("a", "x").tool("a", "x").ok(5).input().of(1).ok(5),
    { loop_stuck: 2 },
  ],
  ["9 of 10 calls alike", nineOfTen("x"), { repeat_calls: 10, repeat_tool: "a" }],
  ["an unknown argument is not among those alike", nineOfTen(undefined), { repeat_calls: 10, repeat_tool: "a" }],
  [
    "2 of 3 are too few",
    story().tool("a", "y").tool("a", "x").tool("a", "x").tool("b", "x"),
    { repeat_calls: 1, repeat_tool: "b" },
  ],
  [
    "of equals the tool called first",
    story().tool("b", "x").tool("a", "y").tool("a", "y").tool("b", "x"),
    { repeat_calls: 2, repeat_tool: "b" },
  ],
  [
    "called first, not answered first",
    story().of(9).ok(5, "a").tool("b", "x").tool("a", "x"),
    { repeat_calls: 1, repeat_tool: "b" },
  ],
  [
    "two names in turn",
    story().tool("a", "x").tool("b", "y").tool("a", "x"),
    { alternation: 3, alternation_repeats: 1 },
  ],
  [
    "retrievals are ignored",
    story().tool("a").retrieve("d").tool("b").tool("a"),
    { alternation: 3, alternation_repeats: 0 },
  ],
  ["one name is none", story().tool("a").tool("a"), { alternation: 0, alternation_repeats: 0 }],
  ["a third name ends it", story().tool("a").tool("b").tool("c").tool("b"), { alternation: 3 }],
  ["and so does a repetition", story().tool("a").tool("b").tool("b").tool("a").tool("b"), { alternation: 3 }],
  [
    "one of the longest stretches that kept its arguments is enough",
    story().tool("a", "x").tool("b", "y").tool("b", "z").tool("a", "x"),
    { alternation: 2, alternation_repeats: 1 },
  ],
  ["other arguments", story().tool("a", "x").tool("b", "y").tool("a", "z"), { alternation: 3, alternation_repeats: 0 }],
];

function nineOfTen(other: string | undefined) {
  const run = story().tool("a", other);
  for (let call = 0; call < 9; call++) run.tool("a", "z");
  return run;
}
