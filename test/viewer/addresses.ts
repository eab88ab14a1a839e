import { isRecord } from "../../src/core/wire";

/** The run of the demo that an address or a test is about. */
export interface LoopingRun {
  readonly run_id: string;
  readonly agent_id: string;
}

/** A finished run with a loop that was told while it ran. */
export function loopingRunOf(lines: readonly string[]): LoopingRun {
  for (const line of lines) {
    if (!line.includes('"signal.detected"') || !line.includes("TOOL_LOOP")) continue;
    const parsed: unknown = JSON.parse(line);
    if (!isRecord(parsed)) continue;
    const { run_id, agent_id } = parsed;
    if (typeof run_id === "string" && typeof agent_id === "string") return { run_id, agent_id };
  }
  throw new Error("The demo has no looping run");
}

/** The address of every view, by a name. */
export function addressesOf(lines: readonly string[]): Readonly<Record<string, string>> {
  const { run_id, agent_id } = loopingRunOf(lines);
  const run = `runs/${encodeURIComponent(run_id)}`;
  const other = lines.map((line) => /"run_id":"([^"]+)"/.exec(line)?.[1]).find((id) => id !== run_id) ?? "";
  return {
    overview: "",
    runs: "runs",
    "slowest runs": "runs?sort=slowest",
    "a run": run,
    "its steps": `${run}?tab=steps`,
    "its facts": `${run}?tab=facts`,
    "its log": `${run}?tab=log`,
    "its attributes": `${run}?tab=attributes`,
    comparison: `compare?a=${run_id}&b=${other}`,
    signals: "signals",
    "signals one by one": "signals?view=flat",
    agents: "agents",
    "an agent": `agents/${encodeURIComponent(agent_id)}`,
    detectors: "detectors?detector=TOOL_LOOP",
    configuration: "configuration",
  };
}
