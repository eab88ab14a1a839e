import { formatMicros } from "../../src/core/wire";
import { demoLines } from "../logql/demoLines";
import type { PushStream } from "../real";
import { readLine } from "../real/wireLine";
import { ODD_LINES } from "./world";

/** Texts that break out of quotes, selectors, regular expressions and JSON where somebody forgets to escape. */
export const HOSTILE: readonly string[] = [
  `"`,
  `"} | json | x="`,
  "`} |= `",
  "\\",
  '\\"',
  "back\\slash\\",
  "{}",
  "{{.run_id}}",
  "two\nlines\r\n",
  "tab\there\u0007\u007f",
  ".*",
  "a|b|",
  "(?i)[^a]+$",
  "\\E\\Q^",
  "a.b-c",
  "été 😀 日本",
  "\ufeff\u2028",
  "# x",
  "%q $__interval [5m]",
  "<b>&'</b>",
  "__proto__",
  "v1",
  "v10",
  "v100",
  " ",
];

export interface BuiltWorld {
  /** Value of the label `w` of all streams. */
  readonly name: string;
  /** Nanoseconds: all lines lie between these two. */
  readonly start: bigint;
  readonly end: bigint;
  readonly streams: readonly PushStream[];
  /** Runs of the demo. */
  readonly runIds: readonly string[];
  readonly agents: readonly string[];
  readonly versions: readonly string[];
}

const HOUR_MS = 3_600_000;
const SERVICE = { service_name: "unknown_service" };

/** Runs of the demo, runs whose every name is hostile, and lines that no encoder of ours writes. */
export async function builtWorld(name: string, atMs: number): Promise<BuiltWorld> {
  const { lines, runs } = await demoLines(60, "11", atMs);
  const all = [
    ...lines.map(lineOf),
    ...HOSTILE.flatMap((text, at) => hostileRun(text, (atMs - 600_000 + at * 1000) * 1000)),
  ];
  const streams = new Map<string, { stream: Record<string, string>; values: [string, string][] }>();
  for (const { agent_id, event_type, micros, line } of all.sort((a, b) => a.micros - b.micros)) {
    const key = JSON.stringify([agent_id, event_type]);
    const found = streams.get(key) ?? { stream: { w: name, agent_id, event_type, ...SERVICE }, values: [] };
    streams.set(key, found);
    found.values.push([`${micros}000`, line]);
  }
  const odd: PushStream = {
    stream: { w: name, agent_id: "odd", event_type: "run.completed", ...SERVICE },
    values: [...oddTerminals(), ...ODD_LINES].map((line, at) => [`${atMs - 300_000 + at}000000`, line] as const),
  };
  const known = [...runs.values()];
  return {
    name,
    start: BigInt(atMs - 6 * HOUR_MS) * 1_000_000n,
    end: BigInt(atMs) * 1_000_000n,
    streams: [...streams.values(), odd],
    runIds: known.map(({ run_id }) => run_id),
    agents: [...new Set(known.map(({ agent_id }) => agent_id))].sort(),
    versions: [...new Set(known.flatMap(({ agent_version }) => agent_version ?? []))].sort(),
  };
}

interface Labelled {
  readonly agent_id: string;
  readonly event_type: string;
  readonly micros: number;
  readonly line: string;
}

function lineOf(line: string): Labelled {
  const { agentId, eventType, nanos } = readLine(line);
  return { agent_id: agentId, event_type: eventType, micros: Number(BigInt(nanos) / 1000n), line };
}

function hostileRun(text: string, micros: number): Labelled[] {
  const line = (event_type: string, after: number, payload: object): Labelled => ({
    agent_id: text,
    event_type,
    micros: micros + after,
    line: JSON.stringify({
      ts: formatMicros(micros + after),
      level: "info",
      logger: "dunetrace",
      event_type,
      agent_id: text,
      run_id: `r${text}`,
      step_index: 0,
      payload,
      agent_version: text,
      seq: after,
      schema: 1,
      parent_run_id: `p${text}`,
      session_id: text,
      tags: { environment: text },
    }),
  });
  const verdict = { severity: "HIGH", confidence: 0.9, shadow: false, base_severity: "HIGH" };
  const facts = { steps: text.length, loop_count: text.length, duration_ms: 1500.5, cost_usd: 1e-7 * text.length };
  const found = { failure_type: "TOOL_LOOP", ...verdict, title: text };
  return [
    line("run.started", 0, { model: text }),
    line("signal.detected", 1, { ...found, phase: "live" }),
    line("run.completed", 2, { exit_reason: "final_answer", facts, facts_v: 1, signals: { TOOL_LOOP: verdict } }),
    line("signal.detected", 3, { ...found, phase: "final" }),
    line("deploy.marker", 4, { version: text }),
    line("fix.applied", 5, { failure_type: "TOOL_LOOP", note: text }),
  ];
}

/** Terminal lines whose facts are no numbers, or are missing, or which were cut off. */
function oddTerminals(): string[] {
  const line = (payload: object): string =>
    JSON.stringify({ logger: "dunetrace", event_type: "run.completed", agent_id: "odd", run_id: "odd", payload });
  return [
    line({}),
    line({ facts: {} }),
    line({ facts_v: 1, facts: { steps: "many", loop_count: null, duration_ms: "", cost_usd: "NaN" } }),
    line({ facts_v: 1, facts: { steps: true, loop_count: [3], duration_ms: { ms: 3 }, cost_usd: "1e3" } }),
    line({ facts_v: 1, facts: "none", exit_reason: 5, signals: [] }),
    line({ facts_v: 1, facts: { steps: 3, loop_count: 3 }, signals: { TOOL_LOOP: "HIGH" } }).slice(0, -9),
  ];
}
