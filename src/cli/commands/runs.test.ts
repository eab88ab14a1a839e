import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { dunetrace, records } from "../testing/command";
import { folderWith } from "../testing/folder";
import { loopingRun, quietRun, RunWriter, START } from "../testing/runWriter";

const quiet = quietRun({ run_id: "aaaaaaaa-0000-4000-8000-000000000001" });
const looping = loopingRun({ run_id: "bbbbbbbb-0000-4000-8000-000000000002", start: START + 60_000_000 });
const cwd = (): string => folderWith({ "runs.ndjson": quiet.text + looping.text });

describe("dunetrace runs", () => {
  it("prints a table, newest first, with the worst signal below its run", async () => {
    const { code, out, err } = await dunetrace(["runs", "runs.ndjson"], { cwd: cwd() });
    expect(out.split("\n")).toEqual([
      "STATUS     RUN       AGENT           DURATION  STEPS   TOKENS     COST",
      "completed  bbbbbbbb  research-agent     5.9 s      9  no data  no data",
      "  ▲ HIGH  web_search called 4 times with the same arguments, same answer each t…",
      "completed  aaaaaaaa  research-agent     2.2 s      3      370  $0.0014",
      "",
      "2 runs · 1 with signals of MEDIUM or above · cost $0.0014",
      "",
    ]);
    expect(err).toBe("");
    expect(code).toBe(0);
  });

  it("prints one object per run as NDJSON, with exactly the keys that are promised", async () => {
    const { out } = await dunetrace(["runs", "runs.ndjson", "--format", "ndjson"], { cwd: cwd() });
    // Newest first.
    const [second, first] = records(out);
    expect(Object.keys(first ?? {})).toEqual([
      "run_id",
      "agent_id",
      "agent_version",
      "status",
      "exit_reason",
      "started_at",
      "facts",
      "signals",
      "no_data",
    ]);
    expect(first).toMatchObject({
      run_id: quiet.run_id,
      agent_id: "research-agent",
      agent_version: "59c22128",
      status: "completed",
      exit_reason: "final_answer",
      started_at: "2026-11-20T10:00:00.000000Z",
      facts: { steps: 3, llm_calls: 2, tool_calls: 1, total_tokens: 370 },
      signals: [],
      no_data: ["CONTEXT_BLOAT", "STEP_COUNT_INFLATION", "TURN_BURST"],
    });
    expect(second).toMatchObject({
      signals: [{ failure_type: "TOOL_LOOP", severity: "HIGH", base_severity: "HIGH", shadow: false, step_index: 8 }],
    });
    expect(Object.keys(Object(Object(second?.signals)[0]))).toEqual([
      "failure_type",
      "severity",
      "base_severity",
      "confidence",
      "shadow",
      "title",
      "evidence",
      "step_index",
    ]);
  });

  it("says how a run without a terminal line and one that failed ended, and names the parent", async () => {
    const stalled = quietRun({ run_id: "r1", parent_run_id: "p" }).lines.slice(0, 3).join("");
    const failed = new RunWriter({ run_id: "r2" }).llm().errored({ exit_reason: undefined }).text;
    const { out } = await dunetrace(["runs", "-", "--format", "ndjson"], { stdin: stalled + failed });
    expect(records(out)).toMatchObject([
      { run_id: "r2", status: "errored", exit_reason: "error" },
      { run_id: "r1", status: "stalled", exit_reason: null, parent_run_id: "p" },
    ]);
  });

  it("names facts on the terminal line that differ from the events", async () => {
    const run = quietRun();
    run.lines.pop();
    run.completed({ facts: { steps: 99, llm_calls: 2 } });
    const { out } = await dunetrace(["runs", "-", "--format", "ndjson"], { stdin: run.text });
    const [record] = records(out);
    expect(record?.facts_differ).toContain("steps");
    expect(record?.facts_differ).not.toContain("llm_calls");
    expect(record?.facts).toMatchObject({ steps: 3 });
  });

  it("reads the same from files, gzip and stdin, whatever the chunks", async () => {
    const text = quiet.text + looping.text;
    const folder = folderWith({ "a.ndjson": quiet.text, "b.ndjson": looping.text, "all.gz": gzipSync(text) });
    const run = async (args: string[], stdin?: string, chunkSize?: number): Promise<string> =>
      (
        await dunetrace(["runs", ...args, "--format", "ndjson"], {
          cwd: folder,
          ...(stdin && { stdin }),
          ...(chunkSize && { chunkSize }),
        })
      ).out;
    const expected = await run(["all.gz"]);
    expect(records(expected)).toHaveLength(2);
    expect(await run(["a.ndjson", "b.ndjson"])).toBe(expected);
    expect(await run(["-"], text, 7)).toBe(expected);
    expect(await run(["-"], text.slice(0, -1))).toBe(expected);
  });

  it("lists runs that started together in one order, wherever their lines stand", async () => {
    const texts = ["b", "c", "a"].map((run_id) => quietRun({ run_id }).text);
    for (const stdin of [texts.join(""), texts.toReversed().join("")]) {
      const { out } = await dunetrace(["runs", "-", "--format", "json"], { stdin });
      expect(JSON.parse(out).map(({ run_id }: { run_id: string }) => run_id)).toEqual(["a", "b", "c"]);
      const table = (await dunetrace(["runs", "-"], { stdin })).out;
      expect(table.match(/^completed +[abc] /gm)?.map((row) => row.trim().at(-1))).toEqual(["a", "b", "c"]);
    }
  });

  it("takes the producer's verdicts with --recorded", async () => {
    const run = quietRun();
    run.lines.pop();
    run
      .event("signal.detected", {
        failure_type: "COST_SPIKE",
        severity: "MEDIUM",
        confidence: 0.71,
        phase: "final",
        title: "Used 370 tokens",
        evidence: { total_tokens: 370 },
        shadow: false,
      })
      .completed({
        signals: {
          SLOW_STEP: { severity: "LOW", base_severity: "LOW", confidence: 0.5, shadow: true },
          COST_SPIKE: { severity: "MEDIUM", base_severity: "LOW", confidence: 0.71, shadow: false },
        },
      });
    const computed = await dunetrace(["runs", "-", "--format", "ndjson"], { stdin: run.text });
    expect(records(computed.out)).toMatchObject([{ signals: [] }]);
    const recorded = await dunetrace(["runs", "-", "--format", "ndjson", "--recorded"], { stdin: run.text });
    expect(records(recorded.out)).toMatchObject([
      {
        signals: [
          {
            failure_type: "COST_SPIKE",
            severity: "MEDIUM",
            base_severity: "LOW",
            confidence: 0.71,
            title: "Used 370 tokens",
            evidence: { total_tokens: 370 },
          },
          { failure_type: "SLOW_STEP", severity: "LOW", shadow: true, title: "Slow step", evidence: {} },
        ],
        no_data: [],
      },
    ]);
    const without = await dunetrace(["runs", "-", "--format", "ndjson", "--recorded"], { stdin: quiet.text });
    expect(Object(records(without.out)[0]).no_data).toHaveLength(23);
  });

  it("limits to the newest and to one agent", async () => {
    const other = quietRun({ run_id: "cccccccc", agent_id: "other", start: START - 1_000_000 });
    const stdin = other.text + quiet.text + looping.text;
    const ids = async (...args: string[]): Promise<unknown[]> =>
      records((await dunetrace(["runs", "-", "--format", "ndjson", ...args], { stdin })).out).map((run) => run.run_id);
    expect(await ids("--limit", "1")).toEqual([looping.run_id]);
    expect(await ids("--agent", "other")).toEqual(["cccccccc"]);
    const table = await dunetrace(["runs", "-", "--limit", "1"], { stdin });
    expect(table.out).toContain("3 runs · 1 with signals of MEDIUM or above");
    expect(table.out).toContain("newest 1 shown");
    const unknown = await dunetrace(["runs", "-", "--agent", "othr"], { stdin });
    expect(unknown).toMatchObject({ code: 2, err: "dunetrace: No run of agent othr; did you mean other?\n" });
  });

  it("prints a JSON list and says when there is nothing", async () => {
    const { out } = await dunetrace(["runs", "runs.ndjson", "--format", "json"], { cwd: cwd() });
    expect(JSON.parse(out)).toHaveLength(2);
    expect(await dunetrace(["runs", "-"], { stdin: "" })).toEqual({ code: 0, out: "No runs.\n", err: "" });
  });

  it("stops quietly when its output is not read to the end", async () => {
    const outcome = await dunetrace(["runs", "runs.ndjson", "--format", "ndjson"], { cwd: cwd(), closedAfter: 1 });
    expect(outcome).toMatchObject({ code: 0, err: "" });
    expect(records(outcome.out)).toHaveLength(1);
  });
});
