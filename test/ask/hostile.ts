import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { DetectorConfig } from "../../src/core/detectors";
import { formatMicros } from "../../src/core/wire";
import type { LokiApi, Scope } from "../../src/logql";
import { type Ask, createAsk } from "../../src/logql/ask";
import { hostileText } from "../../src/logql/builders/testArbitraries";

/** A Loki that holds the given lines under the labels a shipper would give them. */
export type FillLines = (lines: readonly string[]) => Promise<{ readonly api: LokiApi; readonly scope: Scope }>;

const WRITTEN = [
  'say "hi" and \\"bye\\"',
  "two\nlines\tand a tab",
  '"} or {agent_id=~".+"',
  ".*|.+",
  "a|",
  "}{[($^`'",
  "<script>alert(1)</script>",
  "{{ .run_id }}",
  "r".repeat(10_000),
];

/** Texts that a line can carry and Loki hands out as they are: it drops U+FFFD, which stands for broken text. */
function values(): string[] {
  const clean = hostileText().filter((text) => text !== "" && !/[\p{Surrogate}\ufffd]/u.test(text));
  return [...new Set([...WRITTEN, ...fc.sample(clean, { numRuns: 12, seed: 23 })])];
}

/** Runs whose ids, sessions and versions were written by somebody who knows LogQL. */
export function hostileQuestionsAreAnswered(fill: FillLines): void {
  const atMicros = Date.now() * 1000 - 600_000_000;
  const nowMs = atMicros / 1000 + 1000;
  const range = { from: nowMs - 3_600_000, to: nowMs };
  const all = values();
  let ask: Ask;

  const line = (event_type: string, value: string, at: number, seq: number, payload: object): string =>
    JSON.stringify({
      ts: formatMicros(atMicros + at),
      level: "info",
      logger: "dunetrace",
      event_type,
      agent_id: "hostile",
      run_id: `r${value}`,
      step_index: 0,
      payload,
      agent_version: value,
      seq,
      schema: 1,
      session_id: value,
    });
  const loop = { severity: "HIGH", confidence: 0.9, shadow: false, base_severity: "HIGH" };

  beforeAll(async () => {
    const lines = all.flatMap((value, at) => [
      line("run.started", value, at * 1000, 0, { model: "m", capture: "hash" }),
      line("run.completed", value, at * 1000 + 500, 1, { exit_reason: "completed", signals: { TOOL_LOOP: loop } }),
    ]);
    const { api, scope } = await fill(lines);
    ask = createAsk(api, { scope, config: new DetectorConfig(), now: () => nowMs });
  }, 60_000);

  it("find the run they mean and no other", async () => {
    for (const value of all) {
      for (const filter of [{ session_id: value }, { versions: [value] }]) {
        const { runs } = await ask("runs", { range, filter });
        expect(runs.map(({ run }) => run.run_id)).toEqual([`r${value}`]);
        const { signals } = await ask("signals", { range, filter });
        expect(signals.map(({ run_id }) => run_id)).toEqual([`r${value}`]);
        expect(await ask("totals", { range, filter })).toMatchObject({ started: 1, completed: 1 });
      }
      const { found } = await ask("run", { range, run_id: `r${value}` });
      expect(found?.run.lines).toHaveLength(2);
      const session = await ask("session", { range, session_id: value });
      expect(session.runs.map(({ run }) => run.run_id)).toEqual([`r${value}`]);
    }
  }, 120_000);

  it("find no run where none has such an agent", async () => {
    for (const value of all.slice(0, WRITTEN.length)) {
      const filter = { agents: [value, `${value}2`] };
      const none = { runs: [], more: false };
      expect(await ask("runs", { range, filter })).toMatchObject(none);
      expect(await ask("runs", { range, filter, mode: "computed", sort: "slowest" })).toMatchObject(none);
      expect(await ask("signals", { range, filter })).toMatchObject({ signals: [], more: false });
      expect(await ask("agents", { range, filter })).toEqual({ agents: [] });
      expect(await ask("versions", { range, agent_id: value })).toEqual({ versions: [] });
      expect(await ask("markers", { range, agents: [value] })).toMatchObject({ markers: [] });
      expect(await ask("totals", { range, filter })).toMatchObject({ started: 0, signals: 0 });
      const { rates } = await ask("rates", { at: nowMs, of: [{ agent_id: value, failure_type: "TOOL_LOOP" }] });
      expect(rates).toMatchObject([{ agent_id: value, fired: 0, runs: 0, rate: "first" }]);
      const whatIf = await ask("whatIf", { range, failure_type: "TOOL_LOOP", candidates: [{}], filter, runs: 3 });
      expect(whatIf).toMatchObject({ judged: 0, today: 0, candidates: [{ fired: 0, runs: [] }] });
    }
  }, 120_000);

  it("are found by text", async () => {
    for (const value of all.slice(0, WRITTEN.length)) {
      const { runs } = await ask("runs", { range, filter: { text: value }, limit: 1000 });
      expect(runs.map(({ run }) => run.run_id)).toContain(`r${value}`);
      const { runs: none } = await ask("runs", { range, filter: { text: `${value}~nobody~` } });
      expect(none).toEqual([]);
    }
  });
}
