import { describe, expect, it } from "vitest";
import { PolicyViolation } from "./policyViolation";
import { RecordedClient } from "./testing/record";

const endOf = (client: RecordedClient) => {
  const end = client.lines.findLast(({ event_type }) => event_type === "run.completed" || event_type === "run.errored");
  if (end === undefined) throw new Error("the run has no end");
  return [end.event_type, "exit_reason" in end.payload ? end.payload.exit_reason : undefined];
};

describe("exit_reason", () => {
  it.each([
    ["undefined", undefined, "completed"],
    ["null", null, "final_answer"],
    ["an empty text", "", "final_answer"],
    ["an answer", { text: "42" }, "final_answer"],
  ])("of dt.run whose function resolves to %s", async (_name, result, exit_reason) => {
    const client = new RecordedClient();
    await client.dt.run("research", async () => result);
    expect(endOf(client)).toEqual(["run.completed", exit_reason]);
    client.dt.run("research", () => result);
    expect(endOf(client)).toEqual(["run.completed", exit_reason]);
  });

  it("is final_answer after finalAnswer()", async () => {
    const client = new RecordedClient();
    await client.dt.run("research", async (run) => run.finalAnswer());
    expect(endOf(client)).toEqual(["run.completed", "final_answer"]);
    const run = client.dt.startRun("research");
    run.finalAnswer();
    run.end();
    expect(endOf(client)).toEqual(["run.completed", "final_answer"]);
  });

  it("is final_answer when a wrapped agent returns", async () => {
    const client = new RecordedClient();
    await client.dt.agent({ agentId: "a" }, async () => undefined)();
    expect(endOf(client)).toEqual(["run.completed", "final_answer"]);
    client.dt.trace(function support() {
      return undefined;
    })();
    expect(endOf(client)).toEqual(["run.completed", "final_answer"]);
  });

  it("is aborted when the consumer of a generator stops early, and final_answer when it reads on", async () => {
    const client = new RecordedClient();
    const lines = client.dt.agent({ agentId: "a" }, function* lines() {
      yield "one";
      yield "two";
    });
    const pages = client.dt.agent({ agentId: "a" }, async function* pages() {
      try {
        yield "one";
        yield "two";
      } finally {
        await undefined;
      }
    });
    for (const line of lines()) if (line === "one") break;
    expect(endOf(client)).toEqual(["run.completed", "aborted"]);
    const [first] = lines();
    expect([first, endOf(client)]).toEqual(["one", ["run.completed", "aborted"]]);
    for await (const page of pages()) if (page === "one") break;
    expect(endOf(client)).toEqual(["run.completed", "aborted"]);
    const failing = async (): Promise<void> => {
      for await (const page of pages()) throw new Error(`cannot send ${page}`);
    };
    await expect(failing()).rejects.toThrow("cannot send one");
    expect(endOf(client)).toEqual(["run.completed", "aborted"]);
    for await (const page of pages()) expect(page).toBeTypeOf("string");
    expect(endOf(client)).toEqual(["run.completed", "final_answer"]);
    expect([...lines()]).toEqual(["one", "two"]);
    expect(endOf(client)).toEqual(["run.completed", "final_answer"]);
  });

  it.each(["completed", "aborted", "max_steps", "handoff", "final_answer"] as const)(
    "can be told: %s",
    (exitReason) => {
      const client = new RecordedClient();
      client.dt.startRun("research").end({ exitReason, attrs: { "http.status": 499 } });
      expect(endOf(client)).toEqual(["run.completed", exitReason]);
      expect(client.of("run.completed")[0]?.payload.attrs).toEqual({ "http.status": 499 });
    },
  );

  it("is error when the function throws, and the error comes through unchanged", async () => {
    const client = new RecordedClient();
    const error = new TypeError("no such tool");
    await expect(client.dt.run("research", () => Promise.reject(error))).rejects.toBe(error);
    expect(endOf(client)).toEqual(["run.errored", "error"]);
    expect(client.of("run.errored")[0]?.payload).toMatchObject({ error_type: "TypeError" });
    const throws = (): void => {
      throw error;
    };
    expect(() => client.dt.run("research", throws)).toThrow(error);
    expect(endOf(client)).toEqual(["run.errored", "error"]);
  });

  it.each([["text"], [undefined], [null], [0], [Object.create(null)]])("is error when %j is thrown", async (thrown) => {
    const client = new RecordedClient();
    await expect(client.dt.run("research", () => Promise.reject(thrown))).rejects.toBe(thrown);
    expect(endOf(client)).toEqual(["run.errored", "error"]);
    expect(client.dt.counters.faults).toBe(0);
  });

  it("is aborted, which is no error, when the work was cancelled", async () => {
    const client = new RecordedClient();
    const gone = AbortSignal.abort();
    await expect(client.dt.run("research", async () => gone.throwIfAborted())).rejects.toBe(gone.reason);
    expect(endOf(client)).toEqual(["run.completed", "aborted"]);
  });

  it("is policy_violation when a policy stopped the run, even where the code caught it", async () => {
    const client = new RecordedClient();
    client.dt.addHook({ afterEvent: () => new PolicyViolation("no tools") });
    const stopped = client.dt.run("research", async (run) => {
      run.toolCalled("search");
    });
    await expect(stopped).rejects.toBeInstanceOf(PolicyViolation);
    expect(endOf(client)).toEqual(["run.errored", "policy_violation"]);
    await client.dt.run("research", async (run) => {
      try {
        run.toolCalled("search");
      } catch {
        // The agent goes on.
      }
    });
    expect(endOf(client)).toEqual(["run.errored", "policy_violation"]);
    expect(client.of("run.errored").map(({ payload }) => [payload.error_type, payload.policy_name])).toEqual([
      ["PolicyViolation", "no tools"],
      ["PolicyViolation", "no tools"],
    ]);
  });
});
