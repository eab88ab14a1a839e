import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { formatMicros, parseMicros } from "../../src/core/wire";
import { describeWithLoki, push, realLoki, uniqueName } from "../real";
import { diagnose } from "./command";
import { writtenRun } from "./writtenRun";

const FIXTURE = join(import.meta.dirname, "../fixtures/python/dunetrace-0.5.7.ndjson");
const MINUTE_MS = 60_000;

/** Lines of the Python package 0.5.7, which writes raw text, as if the last was written a minute ago. */
function pythonLines(): string[] {
  const lines = readFileSync(FIXTURE, "utf8").trimEnd().split("\n");
  const timeOf = (line: string): number => parseMicros(/"ts":"([^"]+)"/.exec(line)?.[1] ?? "") ?? 0;
  const later = (Date.now() - MINUTE_MS) * 1000 - Math.max(...lines.map(timeOf));
  return lines.map((line) => line.replace(/"ts":"[^"]+"/, `"ts":"${formatMicros(timeOf(line) + later)}"`));
}

const agentId = "research-agent";

interface Case {
  readonly name: string;
  readonly lines: () => string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly alarms: readonly string[];
  readonly code: 0 | 1;
  readonly says?: RegExp;
}

const CASES: readonly Case[] = [
  { name: "nothing wrong with a whole run", lines: () => writtenRun({ agentId }), alarms: [], code: 0 },
  {
    name: "agents whose clock is ahead",
    lines: () => writtenRun({ agentId, endedAt: Date.now() + 5 * MINUTE_MS }),
    alarms: ["clock: warning"],
    code: 0,
    says: /research-agent is up to [45] min .*ahead of this clock.* → Synchronise the clocks/,
  },
  {
    name: "thresholds of an agent that are not this reader's",
    lines: () => [
      ...writtenRun({ agentId }),
      ...writtenRun({
        agentId: "support-bot",
        options: { detectors: { default: { tool_loop: { threshold: 9 } } } },
      }),
    ],
    alarms: ["thresholds: warning"],
    code: 0,
    says: /support-bot judged with other thresholds.* → Give agents and readers the same detectors\.yml/,
  },
  {
    name: "raw text on lines",
    lines: pythonLines,
    alarms: ["raw_content: warning"],
    code: 0,
    says: /Raw text is on \d+ lines of .* → Set capture to hash/,
  },
  {
    name: "lines that were lost",
    lines: () => writtenRun({ agentId }).filter((_, at) => at !== 1),
    alarms: ["completeness: warning"],
    code: 0,
    says: /1 of 1 run lack.* lines \(gaps in seq\).* → Look for refused or dropped batches/,
  },
  {
    name: "the run as a label",
    lines: () => writtenRun({ agentId }),
    labels: { run_id: "r-1" },
    alarms: ["labels: failure"],
    code: 1,
    says: /run_id is a label, which makes a stream per run/,
  },
];

let url: string;

describeWithLoki("dunetrace doctor, of the lines in a Loki", () => {
  beforeAll(async () => {
    url = (await realLoki()).url;
  });

  it.each(CASES)("tells of $name", async ({ lines, labels = {}, alarms, code, says }) => {
    const cluster = uniqueName("doctor");
    await push(url, lines(), { labels: { ...labels, cluster } });
    const found = await diagnose(url, "--selector", `{cluster="${cluster}"}`);
    expect({ alarms: found.alarms, code: found.code }).toEqual({ alarms, code });
    const [check] = alarms[0]?.split(":") ?? [];
    if (check !== undefined && says !== undefined) expect(found.told(check)).toMatch(says);
  });

  it("says that there is no line where none is, and what to look at", async () => {
    const found = await diagnose(url, "--selector", `{cluster="${uniqueName("nobody")}"}`);
    expect(found.alarms).toEqual(["last_line: failure"]);
    expect(found.told("last_line")).toMatch(/No line of ours in the last 24 h.* → See that the agent writes lines/);
    expect(found.code).toBe(1);
  });
});
