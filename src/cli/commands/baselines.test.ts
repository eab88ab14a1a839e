import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dunetrace } from "../testing/command";
import { folderWith } from "../testing/folder";
import { quietRun, START } from "../testing/runWriter";

const DAY = 86_400_000_000;
/** 24 runs, an hour apart: the last ends at 2026-11-21T09:00:02. */
const runs = Array.from(
  { length: 24 },
  (_, at) => quietRun({ run_id: `r${at}`, start: START + at * (DAY / 24) }).text,
).join("");

describe("dunetrace baselines", () => {
  it("writes baselines.json and says what is in it", async () => {
    const cwd = folderWith({ "runs.ndjson": runs });
    const { code, out } = await dunetrace(["baselines", "runs.ndjson"], { cwd });
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual([
      "AGENT           VERSION   RUNS  STEPS  ACTIVE  TOKENS  TURN",
      "research-agent  all         24      3   2.2 s     370     3",
      "research-agent  59c22128    24      3   2.2 s     370     3",
      "",
      "Wrote baselines.json from 24 runs, window of 7 days up to",
      "2026-11-21T09:00:02.240000Z.",
      "",
    ]);
    const file = JSON.parse(readFileSync(join(cwd, "baselines.json"), "utf8"));
    expect(file).toMatchObject({
      schema: 1,
      generated_at: "2026-11-21T09:00:02.240000Z",
      window_days: 7,
      agents: { "research-agent": { "*": { runs: 24, p75: { steps: 3, total_tokens: 370 } } } },
    });
    const judged = await dunetrace(["runs", "runs.ndjson", "--baselines", "baselines.json", "--format", "json"], {
      cwd,
    });
    expect(JSON.parse(judged.out)[0].no_data).not.toContain("STEP_COUNT_INFLATION");
  });

  it("counts the window back from --at and takes --window-days and --min-runs", async () => {
    const cwd = folderWith({ "runs.ndjson": runs });
    const baselines = async (
      ...args: string[]
    ): Promise<{ agents: Record<string, Record<string, { runs: number }>> }> =>
      JSON.parse((await dunetrace(["baselines", "runs.ndjson", "--format", "json", ...args], { cwd })).out);
    expect((await baselines("--at", "2026-11-21T00:30:00Z")).agents).toEqual({});
    const early = await baselines("--at", "2026-11-21T00:30:00Z", "--min-runs", "10");
    expect(early.agents["research-agent"]?.["*"]?.runs).toBe(15);
    const short = await baselines("--window-days", "0.5", "--min-runs", "10");
    expect(short.agents["research-agent"]?.["*"]?.runs).toBe(13);
    expect(existsSync(join(cwd, "baselines.json"))).toBe(false);
  });

  it("writes where it is told to", async () => {
    const cwd = folderWith({ "runs.ndjson": runs });
    await dunetrace(["baselines", "runs.ndjson", "--out", "own.json"], { cwd });
    expect(existsSync(join(cwd, "own.json"))).toBe(true);
    const stdout = await dunetrace(["baselines", "runs.ndjson", "--out", "-"], { cwd });
    expect(JSON.parse(stdout.out).schema).toBe(1);
    expect((await dunetrace(["baselines", "runs.ndjson", "--out", "no/such/file"], { cwd })).err).toMatch(
      /^dunetrace: Cannot write no\/such\/file: ENOENT/,
    );
  });

  it("says when there is nothing to make baselines of", async () => {
    const cwd = folderWith({ "one.ndjson": quietRun().text });
    const { out, code } = await dunetrace(["baselines", "one.ndjson"], { cwd });
    expect(out).toContain("No agent has 20 completed runs in it");
    expect(code).toBe(0);
    expect((await dunetrace(["baselines", "-"], { stdin: "" })).code).toBe(2);
    expect((await dunetrace(["baselines", "-", "--at", "yesterday"], { stdin: "" })).err).toContain("RFC 3339");
  });
});
