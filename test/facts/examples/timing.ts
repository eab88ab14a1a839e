import { type Example, story } from "../story";

const ASKS = { human_tools: ["ask"] };

export const TIMING: readonly Example[] = [
  ["first to last event", story().start().after(2500).done(), { duration_ms: 2500, active_ms: 2500 }],
  ["rounded half up, once", story().start().after(0.5).done(), { duration_ms: 1 }],
  [
    "the wait for the user is not active",
    story().start().after(300).llm().after(200).says().after(5000).input(),
    { duration_ms: 5500, active_ms: 500 },
  ],
  [
    "nor that for a person behind a tool",
    story().start(ASKS).after(100).tool("ask").after(9000).ok().after(100).done(),
    { duration_ms: 9200, active_ms: 200 },
  ],
  [
    "waits that overlap count once",
    story().start(ASKS).after(0).tool("ask").after(1000).tool("ask").after(1000).of(1).ok().after(1000).of(2).ok(),
    { duration_ms: 3000, active_ms: 0 },
  ],
  [
    "by the clock, not by latency_ms",
    story().start(ASKS).after(0).tool("ask").after(1000).returns({ latency_ms: 1 }),
    { active_ms: 0 },
  ],
  [
    "a person who never answers is waited for until the next LLM call",
    story().start(ASKS).after(0).tool("ask").after(4000).llm().after(500).done(),
    { duration_ms: 4500, active_ms: 500 },
  ],
  [
    "the slowest tool by latency_ms",
    story().tool("a").returns({ latency_ms: 70 }).tool("a").returns({ latency_ms: 30 }),
    { slowest_tool_ms: 70 },
  ],
  ["else from call to answer", story().tool("a").after(45).ok(), { slowest_tool_ms: 45 }],
  ["retrievals count as tools", story().retrieve("d").after(45).finds(), { slowest_tool_ms: 45 }],
  [
    "tools that wait for people do not",
    story().start(ASKS).tool("ask").after(9000).ok(),
    { slowest_tool_ms: undefined },
  ],
  [
    "never answered: until the next LLM call",
    story().tool("a").after(20).tool("b").after(30).llm().after(99).done(),
    { slowest_tool_ms: 50 },
  ],
  ["or user input", story().tool("a").after(20).input().after(99).done(), { slowest_tool_ms: 20 }],
  ["else the terminal", story().tool("a").after(20).done().after(99).outside(), { slowest_tool_ms: 20 }],
  [
    "of two the later",
    story().tool("a").after(20).errored().after(99).done(),
    { slowest_tool_ms: 119, slowest_gap_ms: 0 },
  ],
  [
    "an input after the terminal comes before it",
    story().tool("a").after(20).done().after(99).input(),
    { slowest_tool_ms: 119 },
  ],
  ["else the last event", story().tool("a").after(20).outside(), { slowest_tool_ms: 20 }],
  [
    "answered late, it lasted until then",
    story().tool("a").after(20).llm().after(30).of(1).ok(),
    { slowest_tool_ms: 50, slowest_gap_ms: 0 },
  ],
  [
    "an answer without a call by its latency_ms",
    story().of(8).returns({ tool_name: "a", latency_ms: 12 }),
    { slowest_tool_ms: 12 },
  ],
  ["and not without", story().of(8).ok(5, "a"), { slowest_tool_ms: undefined }],
  ["the slowest LLM call", story().llm().after(80).says().llm().says({ latency_ms: 60 }), { slowest_llm_ms: 80 }],
  [
    "a gap while no call is open",
    story().llm().after(900).says().after(70).tool("a").after(500).ok(),
    { slowest_gap_ms: 70 },
  ],
  [
    "a call is open until its answer, other events or not",
    story().llm().after(40).tool("a").after(70).of(1).says().after(30).of(2).ok(),
    { slowest_gap_ms: 0 },
  ],
  [
    "never answered, until the next LLM call",
    story().tool("a").after(40).llm().after(50).says().after(6).done(),
    { slowest_gap_ms: 6 },
  ],
  ["waits for the user are no gaps", story().start().after(5000).input().after(20).llm(), { slowest_gap_ms: 20 }],
  ["times that go back are none", story().start().after(-50).llm(), { slowest_gap_ms: 0, duration_ms: 0 }],
];
