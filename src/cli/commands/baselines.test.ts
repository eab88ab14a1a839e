import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dunetrace } from "../testing/command";
import { folderWith } from "../testing/folder";
import { quietRun, START } from "../testing/runWriter";
import { servedStore } from "../testing/servedStore";

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

describe("dunetrace baselines --loki", () => {
  const AT = "2026-11-20T10:00:00Z";
  const demo = async (): Promise<string> => (await dunetrace(["demo", "--runs", "400", "--at", AT])).out;

  it("writes what it writes of a file with the same runs, up to now or --at", async () => {
    const text = await demo();
    const cwd = folderWith({ "demo.ndjson": text });
    const { url } = await servedStore(text.trimEnd().split("\n"));
    const both = async (...args: string[]): Promise<[object, object]> => {
      const read = async (...source: string[]) => {
        const { out, err, code } = await dunetrace(["baselines", ...source, ...args, "--format", "json"], { cwd });
        expect({ err, code }).toEqual({ err: "", code: 0 });
        return JSON.parse(out);
      };
      return [await read("--loki", url), await read("demo.ndjson", ...(args.includes("--at") ? [] : ["--at", AT]))];
    };
    for (const args of [
      [],
      ["--min-runs", "3"],
      ["--at", "2026-11-20T09:30:00Z", "--min-runs", "3"],
      ["--window-days", "0.02", "--min-runs", "2"],
      ["--agent", "support-bot"],
    ]) {
      const [fromLoki, fromFile] = await both(...args);
      expect(fromLoki, args.join(" ")).toEqual(fromFile);
      expect(fromLoki, args.join(" ")).toMatchObject({ agents: { "support-bot": { "*": {} } } });
    }
  });

  it("takes --since for its window, and writes the file", async () => {
    const text = await demo();
    const cwd = folderWith({});
    const { url } = await servedStore(text.trimEnd().split("\n"));
    const { out } = await dunetrace(["baselines", "--loki", url, "--since", "30m", "--min-runs", "2"], { cwd });
    expect(out).toMatch(/Wrote baselines.json from \d+ runs, window of 0.0208\d* days up to\n2026-11-20T10:00:00/);
    const written = JSON.parse(readFileSync(join(cwd, "baselines.json"), "utf8"));
    expect(written.window_days).toBeCloseTo(0.5 / 24);
    const twice = await dunetrace(["baselines", "--loki", url, "--since", "30m", "--window-days", "1"], { cwd });
    expect(twice).toMatchObject({
      code: 2,
      err: "dunetrace: --since and --window-days say the same; leave one of them out\n",
    });
  });

  it("says what is missing", async () => {
    const { url } = await servedStore(runs.trimEnd().split("\n"));
    const err = async (...args: string[]): Promise<string> => (await dunetrace(["baselines", ...args])).err;
    expect(await err()).toBe("dunetrace: Nothing to read; name files, or a Loki: --loki http://localhost:3100\n");
    expect(await err("-", "--loki", url)).toContain("exclude each other");
    expect(await err("--loki", url, "--at", "2026-11-19T10:00:00Z")).toMatch(
      /^dunetrace: http:\/\/127\.0\.0\.1:\d+ has no line of an agent in the 7 days/,
    );
    const later = ["--loki", url, "--at", "2026-11-21T10:00:00Z"];
    expect(await err(...later, "--agent", "reserch-agent")).toBe(
      "dunetrace: No run of agent reserch-agent; did you mean research-agent?\n",
    );
    expect(await err(...later, "--window-days", "0")).toBe(
      "dunetrace: The window is empty; give --window-days more than 0\n",
    );
  });
});
