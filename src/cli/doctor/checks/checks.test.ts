import { describe, expect, it } from "vitest";
import { parseLine } from "../../../core/wire";
import { LokiError } from "../../../logql/errors";
import { loopingRun, quietRun, START } from "../../testing/runWriter";
import type { Finding } from "../finding";
import type { Observations, SeenLine, WatchedFile } from "../observations";
import { examine } from ".";

const LABELS = { agent_id: "research-agent", event_type: "tool.called", service_name: "unknown_service" };
const MINUTE = 60_000_000;

function seen(texts: readonly string[]): SeenLine[] {
  return texts
    .map((text) => {
      const parsed = parseLine(text);
      if (!parsed.ok) throw new Error(parsed.reason);
      const { line } = parsed;
      return { line, stored: line.written ?? line.time, labels: LABELS };
    })
    .reverse();
}

const runLines = seen(quietRun().lines);

function observations(over: Partial<Observations> = {}): Observations {
  const lines = over.lines ?? runLines;
  return {
    now: START + MINUTE,
    sinceMs: 86_400_000,
    url: "http://localhost:3100",
    unreachable: undefined,
    version: "3.7.8",
    agents: ["research-agent"],
    lines,
    bad: [],
    strays: [],
    strayError: undefined,
    terminals: lines.flatMap(({ line }) =>
      (line.event_type === "run.completed" || line.event_type === "run.errored") && !("unknown" in line) ? [line] : [],
    ),
    terminalsCut: false,
    limits: [],
    files: [],
    collector: undefined,
    rulesOf: () => "aaaaaaaa",
    ...over,
  };
}

const withRules = (rules: string): SeenLine[] =>
  seen(quietRun().lines).map((entry) =>
    entry.line.event_type === "run.completed" && !("unknown" in entry.line)
      ? { ...entry, line: { ...entry.line, payload: { ...entry.line.payload, rules } } }
      : entry,
  );

const watched = (over: Partial<WatchedFile>): WatchedFile => ({
  name: "agents.ndjson",
  newest: runLines[0]?.line,
  missing: 0,
  looked: 20,
  broken: 0,
  lagMs: undefined,
  error: undefined,
  ...over,
});

function find(check: string, over: Partial<Observations>): Finding {
  const found = examine(observations(over)).find((finding) => finding.check === check);
  if (found === undefined) throw new Error(`no finding ${check}`);
  return found;
}

describe("checks", () => {
  it("find nothing wrong with a whole run of a moment ago", () => {
    const findings = examine(observations());
    expect(findings.filter(({ status }) => status === "failure" || status === "warning")).toEqual([]);
    expect(findings.find(({ check }) => check === "completeness")?.status).toBe("ok");
  });

  it("say nothing else without a connection", () => {
    const unreachable = new LokiError({ kind: "unavailable", message: "Cannot reach Loki at http://localhost:3100" });
    expect(examine(observations({ unreachable }))).toEqual([
      {
        check: "connection",
        status: "failure",
        text: "Cannot reach Loki at http://localhost:3100",
        next: "Start Loki, or give the address it listens on with --loki or DUNETRACE_LOKI_URL.",
      },
    ]);
  });

  it("tell to give credentials where they are asked for", () => {
    const unreachable = new LokiError({ kind: "unauthorised", message: "401", status: 401 });
    expect(find("connection", { unreachable }).next).toContain("--tenant");
  });

  it.each<[string, string, Partial<Observations>, string]>([
    ["connection", "an old Loki", { version: "2.9.4" }, "warning"],
    ["last_line", "no line at all", { lines: [] }, "failure"],
    ["last_line", "an old line", { now: START + 30 * MINUTE }, "warning"],
    [
      "labels",
      "lines without labels",
      { lines: [], strays: [{ kind: "unlabelled", agent_id: "a", at: START, labels: { job: "x" } }] },
      "failure",
    ],
    [
      "labels",
      "the run as a label",
      { lines: runLines.map((line) => ({ ...line, labels: { ...LABELS, run_id: line.line.run_id } })) },
      "failure",
    ],
    [
      "labels",
      "the pod as a label",
      { lines: runLines.map((line) => ({ ...line, labels: { ...LABELS, pod: "p-1" } })) },
      "warning",
    ],
    [
      "timestamps",
      "times of arrival",
      { lines: runLines.map((line) => ({ ...line, stored: line.stored + 1_500_000 })) },
      "failure",
    ],
    ["clock", "lines from the future", { now: START - MINUTE }, "warning"],
    ["parse", "cut lines", { bad: [{ kind: "cut", reason: "the line is cut off" }] }, "failure"],
    ["completeness", "a lost line", { lines: runLines.filter((_, at) => at !== 2) }, "warning"],
    ["thresholds", "other thresholds", { lines: withRules("bbbbbbbb") }, "warning"],
    ["thresholds", "equal thresholds", { lines: withRules("aaaaaaaa") }, "ok"],
    [
      "limits",
      "a limit",
      {
        limits: [
          {
            question: "lists",
            error: new LokiError({ kind: "limit", message: "too many series", limit: "max_query_series" }),
          },
        ],
      },
      "failure",
    ],
    ["shipping", "an empty file", { files: [watched({ newest: undefined, looked: 0 })] }, "failure"],
  ])("%s names %s", (check, _what, over, status) => {
    const found = find(check, over);
    expect(found).toMatchObject({ check, status });
    if (status !== "ok") expect(found.next).toMatch(/\w/);
  });

  it("say how many lines of a file are missing, and since when", () => {
    const line = runLines[0]?.line;
    if (line === undefined) throw new Error("no line");
    const files = [watched({ newest: line, missing: 3 })];
    expect(find("shipping", { files, now: line.time + 90_000_000 }).text).toBe(
      "3 of the last 20 lines of agents.ndjson are not in Loki; the newest was written 1 min 30 s ago.",
    );
  });

  it("name who writes raw text", () => {
    const lines = seen(loopingRun().lines).map((entry) => ({ ...entry, line: { ...entry.line, raw: true as const } }));
    expect(find("raw_content", { lines })).toMatchObject({ status: "warning" });
    expect(find("raw_content", { lines }).text).toContain("research-agent");
  });

  it("say why Loki refuses what a file holds", () => {
    const line = runLines[0]?.line;
    if (line === undefined) throw new Error("no line");
    const files = [watched({ newest: line, missing: 20 })];
    expect(find("shipping", { files, now: line.time - 20 * MINUTE }).next).toContain("10 min ahead of its own");
    expect(find("shipping", { files, now: line.time + 8 * 24 * 60 * MINUTE }).next).toContain("older than a week");
  });

  it("do not blame a shipper for lines without labels twice", () => {
    const line = runLines[0]?.line;
    if (line === undefined) throw new Error("no line");
    const files = [watched({ newest: line, missing: 20 })];
    const strays = [{ kind: "unlabelled", agent_id: "a", at: START, labels: { job: "x" } }] as const;
    const findings = examine(observations({ lines: [], files, strays }));
    expect(findings.filter(({ status }) => status === "failure").map(({ check }) => check)).toEqual(["labels"]);
  });

  it("forget lines without labels once their agent has newer ones with them", () => {
    const strays = [{ kind: "unlabelled", agent_id: "research-agent", at: START - MINUTE, labels: {} }] as const;
    expect(find("labels", { strays }).status).toBe("ok");
  });

  it("tell the lag of a file where it was measured", () => {
    expect(find("shipping", { files: [watched({ lagMs: 700 }), watched({})] }).text).toMatch(
      /arrived; the newest was found 700 ms after it was written\.$/,
    );
    expect(find("shipping", { files: [watched({})] }).text).toBe(
      "The last 20 lines of agents.ndjson arrived; lag not measured: nothing was written meanwhile.",
    );
  });

  it("do not know of a file that Loki did not answer for", () => {
    const error = new LokiError({ kind: "unavailable", message: "m", text: "too many outstanding" });
    expect(find("shipping", { files: [watched({ looked: 0, error })] })).toMatchObject({
      status: "unknown",
      text: "Whether the lines of agents.ndjson arrived is not known: too many outstanding.",
    });
  });
});
