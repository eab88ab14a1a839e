import { describe, expect, it } from "vitest";
import { PolicyViolation } from "./policyViolation";
import { RecordedClient } from "./testing/record";

/** What the lines say of the calls of wrapped tools. */
const calls = (client: RecordedClient) =>
  client.of("tool.called").map(({ step_index, payload }) => [step_index, payload.tool_name, payload.args_length]);
const answers = (client: RecordedClient) =>
  client.of("tool.responded").map(({ payload: { tool_name, success, output_length, error_type } }) => ({
    tool_name,
    success,
    output_length,
    error_type,
  }));

describe("dt.tool", () => {
  it("tells call and answer of an async function", async () => {
    const client = new RecordedClient();
    const search = client.dt.tool(async function webSearch(query: string, topK = 3) {
      return `${query} ${topK}`;
    });
    expect(await client.dt.run("research", () => search("cats"))).toBe("cats 3");
    expect(calls(client)).toEqual([[1, "webSearch", '{"query":"cats"}'.length]]);
    expect(answers(client)).toEqual([
      { tool_name: "webSearch", success: true, output_length: 6, error_type: undefined },
    ]);
  });

  it("tells call and answer of a sync function", () => {
    const client = new RecordedClient();
    const add = client.dt.tool((left: number, right: number) => left + right, { name: "add" });
    expect(client.dt.run("math", () => add(2, 40))).toBe(42);
    expect(calls(client)).toEqual([[1, "add", '{"left":2,"right":40}'.length]]);
    expect(answers(client)).toEqual([{ tool_name: "add", success: true, output_length: 2, error_type: undefined }]);
  });

  it("asks a thenable once", async () => {
    const client = new RecordedClient();
    let asked = 0;
    const query = client.dt.tool(function select() {
      return {
        // biome-ignore lint/suspicious/noThenProperty: a query builder that runs when it is awaited
        then(resolve: (rows: string[]) => void) {
          asked++;
          resolve(["row"]);
        },
      };
    });
    expect(await client.dt.run("sql", async () => query())).toEqual(["row"]);
    expect(asked).toBe(1);
    expect(answers(client)).toEqual([{ tool_name: "select", success: true, output_length: 7, error_type: undefined }]);
  });

  it("throws errors on unchanged", async () => {
    const client = new RecordedClient();
    const error = new RangeError("out of it");
    const later = client.dt.tool(async function later(): Promise<void> {
      throw error;
    });
    const now = client.dt.tool(function now(): void {
      throw error;
    });
    await client.dt.run("research", async () => {
      await expect(later()).rejects.toBe(error);
      expect(now).toThrow(error);
    });
    expect(answers(client)).toEqual([
      { tool_name: "later", success: false, output_length: undefined, error_type: "RangeError" },
      { tool_name: "now", success: false, output_length: undefined, error_type: "RangeError" },
    ]);
  });

  it("leaves a rejection nobody handles to the process", async () => {
    const client = new RecordedClient();
    const fails = client.dt.tool(async function fails(): Promise<void> {
      throw new Error("lost");
    });
    const unhandled = new Promise((resolve) => process.once("unhandledRejection", resolve));
    client.dt.run("research", () => {
      void fails();
    });
    await expect(unhandled).resolves.toMatchObject({ message: "lost" });
  });

  it("keeps name, length, properties and this", () => {
    const client = new RecordedClient();
    class Store {
      items = ["a", "b"];
      find(this: Store, index: number, _more: string) {
        return this.items[index];
      }
    }
    const find = client.dt.tool(Store.prototype.find);
    const described = client.dt.tool(Object.assign((one: string) => one, { description: "d" }));
    expect([find.name, find.length, described.description]).toEqual(["find", 2, "d"]);
    expect(client.dt.run("store", () => find.call(new Store(), 1, ""))).toBe("b");
  });

  it("just calls the function outside of runs", () => {
    const client = new RecordedClient();
    const double = client.dt.tool((value: number) => 2 * value);
    expect(double(21)).toBe(42);
    expect(client.texts).toEqual([]);
  });

  it("wraps once", () => {
    const client = new RecordedClient();
    const once = client.dt.tool(function look() {
      return undefined;
    });
    expect(client.dt.tool(once)).toBe(once);
    client.dt.run("research", () => once());
    expect(calls(client)).toHaveLength(1);
  });

  it("gives equal calls equal hashes, in whatever order their keys come", () => {
    const client = new RecordedClient();
    const search = client.dt.tool(function search(options: object) {
      return options;
    });
    client.dt.run("research", () => {
      search({ query: "cats", topK: 3 });
      search({ topK: 3, query: "cats" });
      search({ query: "dogs", topK: 3 });
    });
    const [first, second, third] = client.of("tool.called").map(({ payload }) => payload.args_hash);
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it("lets generators through and tells their answer when they end", async () => {
    const client = new RecordedClient();
    const pages = client.dt.tool(async function* pages(last: number) {
      for (let page = 1; page <= last; page++) yield page;
      return "done";
    });
    await client.dt.run("research", async () => {
      const generator = pages(2);
      expect(Object.prototype.toString.call(generator)).toBe("[object AsyncGenerator]");
      expect(answers(client)).toEqual([]);
      const seen: number[] = [];
      for await (const page of generator) seen.push(page);
      expect(seen).toEqual([1, 2]);
    });
    expect(answers(client)).toEqual([
      { tool_name: "pages", success: true, output_length: undefined, error_type: undefined },
    ]);
  });

  it("tells the failure of a generator, and its early end", () => {
    const client = new RecordedClient();
    const pages = client.dt.tool(function* pages() {
      yield 1;
      throw new TypeError("no page 2");
    });
    client.dt.run("research", () => {
      expect(() => [...pages()]).toThrow("no page 2");
      for (const page of pages()) if (page === 1) break;
    });
    expect(answers(client).map(({ success, error_type }) => [success, error_type])).toEqual([
      [false, "TypeError"],
      [true, undefined],
    ]);
  });

  it("lets other streams through as they are", async () => {
    const client = new RecordedClient();
    const stream = new ReadableStream({ start: (controller) => controller.close() });
    const open = client.dt.tool(function open() {
      return stream;
    });
    client.dt.run("research", () => expect(open()).toBe(stream));
    expect(answers(client)).toEqual([
      { tool_name: "open", success: true, output_length: undefined, error_type: undefined },
    ]);
  });

  it("throws the violation of a policy, as a rejection where the function is async", async () => {
    const client = new RecordedClient();
    client.dt.addHook({
      afterEvent: (_run, event) => (event.event_type === "tool.called" ? new PolicyViolation("cap") : undefined),
    });
    let ran = 0;
    const later = client.dt.tool(async () => ++ran);
    const now = client.dt.tool(() => ++ran);
    const run = client.dt.startRun("research");
    await run.within(async () => {
      await expect(later()).rejects.toBeInstanceOf(PolicyViolation);
      expect(now).toThrow(PolicyViolation);
    });
    expect(ran).toBe(0);
  });
});
