import { expect, it } from "vitest";
import { loopingRun, quietRun } from "../../src/cli/testing/runWriter";
import { isRecord } from "../../src/core/wire";
import { CollectProcess } from "../collector/collectProcess";
import { describeReal, push, startLoki, waitFor } from "../real";

const HOUR_MS = 3_600_000;
const RUNS = 137;
const AGENTS = ["kb", "support-bot", "travel.desk:eu"];

type Row = Readonly<Record<string, unknown>>;

/** Finished runs, of which every tenth loops; some start in the same microsecond. */
function runsFrom(first: number, count: number, startMs: number) {
  return Array.from({ length: count }, (_, at) => {
    const number = first + at;
    const options = {
      run_id: `run-${String(number).padStart(4, "0")}`,
      agent_id: AGENTS[number % AGENTS.length] ?? "kb",
      start: (startMs + Math.floor(at / 4) * 20_000) * 1000,
    };
    return number % 10 === 0 ? loopingRun(options) : quietRun(options);
  });
}

const linesOf = (runs: ReturnType<typeof runsFrom>) => runs.flatMap(({ lines }) => lines.map((line) => line.trimEnd()));

describeReal("REST of a collector over a real Loki", ["loki"], () => {
  it("pages runs and signals without loss or doubles, and goes on from its cursor", async () => {
    const loki = await startLoki({ bulk: true });
    const collecting = await CollectProcess.start(["--stdout", "--query-loki", loki.url]);
    const ask = async (path: string): Promise<{ readonly body: Row; readonly cursor: string | null }> => {
      const answer = await fetch(`${collecting.url}${path}`);
      const body: unknown = await answer.json();
      expect(answer.status, JSON.stringify(body)).toBe(200);
      return { body: isRecord(body) ? body : {}, cursor: answer.headers.get("x-dunetrace-cursor") };
    };
    const rowsOf = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isRecord) : []);
    /** All pages from a place on. */
    const pages = async (list: "runs" | "signals", from: string, limit: number, filter = "") => {
      const rows: Row[] = [];
      let place = from;
      for (let page = 0; page < 200; page++) {
        const { body, cursor } = await ask(`/v1/${list}?limit=${limit}&${place}${filter}`);
        const found = rowsOf(body[list]);
        expect(found.length).toBeLessThanOrEqual(limit);
        rows.push(...found);
        expect(cursor).toBe(body.next_after);
        if (typeof cursor === "string") place = `after=${encodeURIComponent(cursor)}`;
        if (body.has_more !== true) return { rows, place };
      }
      throw new Error("the pages do not end");
    };

    const since = Date.now() - 2 * HOUR_MS;
    const runs = runsFrom(0, RUNS, since + 60_000);
    await push(loki.url, linesOf(runs));
    const from = `since_ms=${since}`;
    await waitFor(async () => (await pages("runs", from, 500)).rows.length >= RUNS, { what: "all runs" });

    const first = await pages("runs", from, 7);
    const ids = first.rows.map(({ run_id }) => run_id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(runs.map(({ run_id }) => run_id));
    expect(new Set(first.rows.map(({ status }) => status))).toEqual(new Set(["completed"]));

    const signals = await pages("signals", from, 3);
    const keys = signals.rows.map(({ run_id, failure_type }) => `${run_id} ${failure_type}`);
    expect(new Set(keys).size).toBe(keys.length);
    const looping = runs.filter((_, at) => at % 10 === 0).map(({ run_id }) => `${run_id} TOOL_LOOP`);
    expect(keys.filter((key) => key.endsWith(" TOOL_LOOP")).sort()).toEqual(looping);

    const later = runsFrom(RUNS, 9, Date.now() - 10 * 60_000);
    await push(loki.url, linesOf(later));
    await waitFor(async () => (await pages("runs", first.place, 500)).rows.length >= later.length, {
      what: "new runs",
    });
    const next = await pages("runs", first.place, 4);
    expect(next.rows.map(({ run_id }) => run_id).sort()).toEqual(later.map(({ run_id }) => run_id));
    expect((await pages("runs", next.place, 4)).rows).toEqual([]);

    const one = await ask("/v1/runs/run-0010");
    expect(one.body).toMatchObject({ run_id: "run-0010", status: "completed" });
    expect(JSON.stringify(one.body)).toContain("TOOL_LOOP");
    const agents = rowsOf((await ask(`/v1/agents?${from}`)).body.agents);
    expect(agents.map(({ agent_id }) => agent_id)).toEqual(AGENTS);
    expect(agents.reduce((sum, { completed }) => sum + Number(completed), 0)).toBe(RUNS + later.length);
    const mine = await pages("runs", from, 10, `&agent_id=${encodeURIComponent("travel.desk:eu")}`);
    expect(mine.rows.length).toBe([...runs, ...later].filter((_, at) => at % 3 === 2).length);
    for (const path of ["/v1/runs/none", "/v1/runs/%22%7D%20%7C%3D%20%60x%60"]) {
      expect((await fetch(`${collecting.url}${path}`)).status).toBe(404);
    }

    await loki.stop();
    expect((await fetch(`${collecting.url}/v1/runs`)).status).toBe(502);
    await collecting.end("SIGTERM");
  });
});
