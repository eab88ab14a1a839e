import { describe, expect, it } from "vitest";
import type { AgentRow } from "../../logql/ask";
import { agentOptions, withChosen } from "./options";

const agent = (agent_id: string, started: number, completed: number): AgentRow => ({
  agent_id,
  started,
  completed,
  failed: 0,
  last_run_at: undefined,
  signals: [],
  cost_usd: undefined,
  unpriced: 0,
  average_duration_ms: undefined,
});

describe("agentOptions", () => {
  it("says how many runs there are, also where no start was read", () => {
    expect(agentOptions([agent("a", 1, 0), agent("b", 0, 1200)]).map(({ description }) => description)).toEqual([
      "1 run",
      "1.2k runs",
    ]);
  });

  it("shows names of several lines as one", () => {
    expect(agentOptions([agent("a\n  b", 1, 1)])[0]).toMatchObject({ value: "a\n  b", label: "a b" });
  });
});

describe("withChosen", () => {
  it("adds what is chosen and not on the list, so that it can be taken away", () => {
    expect(withChosen([{ value: "a" }], ["a", "gone"]).map(({ value }) => value)).toEqual(["a", "gone"]);
  });
});
