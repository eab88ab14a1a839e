import { describe, expect, it } from "vitest";
import { getCurrentRun } from "./context";
import { RecordedClient } from "./testing/record";

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("the active run", () => {
  it("is found through awaits and timers, and not outside", async () => {
    const { dt } = new RecordedClient();
    expect(getCurrentRun()).toBeUndefined();
    await dt.run("research", async (run) => {
      expect(getCurrentRun()).toBe(run);
      await tick();
      await new Promise<void>((resolve) => {
        setTimeout(() => {
          expect(getCurrentRun()).toBe(run);
          resolve();
        }, 1);
      });
    });
    expect(getCurrentRun()).toBeUndefined();
  });

  it("is each task's own", async () => {
    const { dt } = new RecordedClient();
    const ids = await Promise.all(
      ["a", "b", "c"].map((name) =>
        dt.run(name, async (run) => {
          await tick();
          return [getCurrentRun()?.runId === run.runId, getCurrentRun()?.agentId];
        }),
      ),
    );
    expect(ids).toEqual([
      [true, "a"],
      [true, "b"],
      [true, "c"],
    ]);
  });

  it("is gone once the run has ended, also for what goes on", async () => {
    const { dt } = new RecordedClient();
    let late: Promise<unknown> = Promise.resolve();
    await dt.run("research", async () => {
      late = tick().then(() => getCurrentRun());
    });
    expect(await late).toBeUndefined();
  });

  it("of startRun is active inside within()", () => {
    const { dt } = new RecordedClient();
    const run = dt.startRun("research");
    expect(getCurrentRun()).toBeUndefined();
    expect(run.within(() => getCurrentRun())).toBe(run);
  });
});

describe("a nested run", () => {
  it("names its parent on all lines, by itself", async () => {
    const client = new RecordedClient();
    await client.dt.run("outer", async (outer) => {
      await client.dt.run("inner", async (inner) => {
        expect(inner.parentRunId).toBe(outer.runId);
        inner.toolCalled("search").responded();
      });
      expect(getCurrentRun()).toBe(outer);
    });
    const parents = client.lines.map(({ run_id, parent_run_id }) => [run_id, parent_run_id]);
    const [[outerId] = []] = parents;
    const inner = parents.filter(([run_id]) => run_id !== outerId);
    expect(inner).toHaveLength(4);
    expect(inner.every(([, parent]) => parent === outerId)).toBe(true);
    expect(parents.filter(([run_id]) => run_id === outerId).every(([, parent]) => parent === undefined)).toBe(true);
  });

  it("may outlive its parent when nobody awaits it", async () => {
    const client = new RecordedClient();
    let inner: Promise<unknown> = Promise.resolve();
    await client.dt.run("outer", async () => {
      inner = client.dt.run("inner", async (run) => {
        await tick();
        run.toolCalled("late").responded();
        return "done";
      });
      return "done";
    });
    await inner;
    expect(client.of("run.completed").map(({ agent_id }) => agent_id)).toEqual(["outer", "inner"]);
    expect(client.dt.counters.faults).toBe(0);
  });

  it("can be given another parent", async () => {
    const client = new RecordedClient();
    const other = "5f1d2c9e-0000-4000-8000-000000000000";
    client.dt.run("outer", () => client.dt.startRun("inner", { parentRunId: other }));
    expect(client.of("run.started")[1]?.parent_run_id).toBe(other);
  });
});
