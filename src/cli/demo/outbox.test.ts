import { describe, expect, it } from "vitest";
import type { Output } from "../io";
import { FakeIo } from "../testing/fakeIo";
import { Outbox } from "./outbox";

/** An output that takes a write when it is told to. */
function slowOutput() {
  const waiting: { readonly text: string; take(): void }[] = [];
  const output: Output = {
    isTTY: false,
    columns: undefined,
    rows: undefined,
    onResize: () => () => undefined,
    write: (text) => new Promise((resolve) => waiting.push({ text, take: resolve })),
  };
  return { output, waiting };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("Outbox", () => {
  it("writes everything in order, what came meanwhile at once", async () => {
    const { output, waiting } = slowOutput();
    const outbox = new Outbox(output);
    for (const text of ["a", "b", "c"]) outbox.add(text);
    expect(waiting.map(({ text }) => text)).toEqual(["a"]);
    waiting[0]?.take();
    await settle();
    expect(waiting.map(({ text }) => text)).toEqual(["a", "bc"]);
    waiting[1]?.take();
    await outbox.close();
    outbox.add("d");
    expect(waiting.map(({ text }) => text)).toEqual(["a", "bc", "d"]);
  });

  it("is not ready while too much waits", async () => {
    const { output, waiting } = slowOutput();
    const outbox = new Outbox(output);
    outbox.add("first");
    outbox.add("x".repeat(2 << 20));
    let isReady = false;
    const ready = outbox.ready().then(() => {
      isReady = true;
    });
    await settle();
    expect(isReady).toBe(false);
    waiting[0]?.take();
    await settle();
    waiting[1]?.take();
    await ready;
    expect(waiting).toHaveLength(2);
  });

  it("says when the output fails", async () => {
    const outbox = new Outbox(new FakeIo({ closedAfter: 0 }).stdout);
    outbox.add("a");
    await expect(outbox.failed).rejects.toThrow("stdout is closed");
    await expect(outbox.close()).rejects.toThrow("stdout is closed");
  });
});
