import { beforeAll, expect, it } from "vitest";
import { formatMicros } from "../../src/core/wire";
import {
  type LokiApi,
  listAgents,
  listVersions,
  nanosOf,
  quietAgents,
  readBaselines,
  type Scope,
} from "../../src/logql";
import type { Fill } from "./hostileLines";

/** More than the 500 series that Loki answers by default. */
const AGENTS = Array.from({ length: 700 }, (_, n) => `agent-${String(n).padStart(3, "0")}`);
const HOUR_MS = 3_600_000;

/** Two runs each of 700 agents, the second of every second one in a version of its own. */
export function manyAgentsAreRead(fill: Fill): void {
  const atMicros = (Date.now() - 60_000) * 1000;
  const now = nanosOf(atMicros);
  const versionOf = (n: number, run: number): string => (run === 1 && n % 2 === 1 ? "v2" : "v1");
  let api: LokiApi;
  let request: { readonly start: bigint; readonly end: bigint; readonly scope: Scope };

  beforeAll(async () => {
    const lines = AGENTS.flatMap((agent_id, n) =>
      [0, 1].map((run) =>
        JSON.stringify({
          ts: formatMicros(atMicros - 60_000_000 + n * 1000 + run * 100),
          level: "info",
          logger: "dunetrace",
          event_type: "run.completed",
          agent_id,
          run_id: `${agent_id}-${run}`,
          step_index: 0,
          payload: { exit_reason: "completed", signals: {}, facts: { steps: n + run } },
          agent_version: versionOf(n, run),
          seq: 9,
          schema: 1,
        }),
      ),
    );
    const filled = await fill(lines);
    api = filled.api;
    request = { start: now - BigInt(HOUR_MS) * 1_000_000n, end: now + 1n, scope: filled.scope };
  }, 120_000);

  it("gives every agent and version its baseline", async () => {
    const asked = { at: now, scope: request.scope, windowDays: 1 / 24 };
    const { file } = await readBaselines(api, { ...asked, minRuns: 2 });
    const wanted = AGENTS.map((agent_id, n) => {
      const entry = { runs: 2, p75: { steps: n + 0.75 } };
      return [agent_id, n % 2 === 1 ? { "*": entry } : { "*": entry, v1: entry }];
    });
    expect(file.agents).toEqual(Object.fromEntries(wanted));
    const { baselines } = await readBaselines(api, { ...asked, minRuns: 1 });
    expect(baselines.baselineOf("agent-699", "v2").steps).toBe(700);
    expect(baselines.baselineOf("agent-001", "v1").steps).toBe(1);
  }, 120_000);

  it("lists every agent and version", async () => {
    const agents = await listAgents(api, request);
    expect(agents.map(({ agent_id, completed }) => [agent_id, completed])).toEqual(AGENTS.map((id) => [id, 2]));
    const versions = await listVersions(api, request);
    expect(versions.map(({ agent_id, agent_version, completed }) => [agent_id, agent_version, completed])).toEqual(
      AGENTS.flatMap((agent_id, n) =>
        n % 2 === 1
          ? [
              [agent_id, "v1", 1],
              [agent_id, "v2", 1],
            ]
          : [[agent_id, "v1", 2]],
      ),
    );
    const quiet = await quietAgents(api, { now, scope: request.scope, activeMs: HOUR_MS, quietMs: HOUR_MS });
    expect(quiet).toEqual([]);
  }, 120_000);
}
