import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/main";
import { FakeIo } from "../../src/cli/testing/fakeIo";
import { objectsOf, perform } from "./performance";

async function refusal(...args: readonly string[]): Promise<string> {
  const io = new FakeIo();
  expect(await main(["demo", ...args], io)).toBe(2);
  expect(io.stdout.text).toBe("");
  return io.stderr.text;
}

describe("options of the demo", () => {
  it("--agents leaves only what these agents take part in", async () => {
    const { lines, manifest } = await perform("--runs", "60", "--agents", "rag-pipeline, edge-assistant");
    expect(Object.keys(manifest)).toHaveLength(60);
    const agents = new Set(objectsOf(lines).map(({ agent_id }) => agent_id));
    expect([...agents].sort()).toEqual(["edge-assistant", "rag-pipeline"]);
  });

  it("an unknown agent is refused with the nearest one", async () => {
    expect(await refusal("--agents", "suport-bot")).toContain("did you mean support-bot?");
  });

  it("a time that is none is refused", async () => {
    expect(await refusal("--at", "yesterday")).toContain("2026-11-20T10:00:00Z");
  });

  it("options that do not go together are refused", async () => {
    expect(await refusal("--rate", "10")).toBe("dunetrace: --rate needs --live\n");
    expect(await refusal("--live", "--at", "2026-11-20T10:00:00Z")).toContain("--at cannot be combined with --live");
  });

  it("a file that cannot be written is refused", async () => {
    expect(await refusal("--baselines-out", "/nowhere/b.json")).toContain("Cannot write /nowhere/b.json");
  });

  it("without --runs there are 200, and stderr says what was written", async () => {
    const { manifest, stderr } = await perform();
    expect(Object.keys(manifest)).toHaveLength(200);
    expect(stderr).toMatch(/^Wrote 200 runs of 10 agents, 2026-11-20T09:\S+Z to 2026-11-20T12:00:00\.000000Z\n$/);
  });

  it("a reader that leaves ends it without a word", async () => {
    const io = new FakeIo({ closedAfter: 0 });
    expect(await main(["demo"], io)).toBe(0);
    expect(io.stderr.text).toBe("");
  });
});
