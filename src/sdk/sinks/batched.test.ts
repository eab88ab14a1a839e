import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeWrite } from "../testing/fakeWrite";
import { BATCH_BYTES, BatchedSink } from "./batched";
import { Descriptor } from "./descriptor";
import { StdoutTarget } from "./target";

const OPTIONS = { flushIntervalMs: 200, maxQueueBytes: 65_536 };

function open(options = OPTIONS) {
  const fake = new FakeWrite();
  const target = new StdoutTarget(new Descriptor(1, fake.write));
  const sink = new BatchedSink(target, options, () => undefined);
  return { fake, sink };
}

const soon = (): number => performance.now() + 1000;

describe("the batched sink", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("writes by time, with one timer that keeps nothing alive", () => {
    const { fake, sink } = open();
    sink.write("a\n");
    sink.write("b\n");
    expect(fake.calls).toBe(0);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(200);
    expect([fake.calls, fake.text]).toEqual([1, "a\nb\n"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("writes by size, whole lines", () => {
    const { fake, sink } = open();
    const line = `${"x".repeat(999)}\n`;
    for (let at = 0; at < 67; at++) sink.write(line);
    expect(fake.calls).toBe(1);
    expect(fake.text.length).toBe(66_000);
    expect(fake.text.length).toBeGreaterThanOrEqual(BATCH_BYTES);
  });

  it("writes at once on exit and on a crash", () => {
    const { fake, sink } = open();
    sink.write("a\n");
    sink.flushSync();
    expect(fake.text).toBe("a\n");
  });

  it.each(["EAGAIN", "ENOSPC", 3])("keeps what waits through %s and writes it later, in order", (behaviour) => {
    const { fake, sink } = open();
    fake.next.push(behaviour);
    sink.write('{"ü":1}\n');
    vi.advanceTimersByTime(200);
    sink.write('{"b":2}\n');
    vi.advanceTimersByTime(200);
    expect(fake.text).toBe('{"ü":1}\n{"b":2}\n');
    expect(sink.dropped).toBe(0);
  });

  it("drops and counts what goes beyond its bound, and goes on later", () => {
    const { fake, sink } = open();
    fake.always = "ENOSPC";
    const line = `${"x".repeat(8191)}\n`;
    const taken = Array.from({ length: 10 }, () => sink.write(line));
    expect(taken).toEqual([...Array.from({ length: 8 }, () => true), false, false]);
    expect(sink.dropped).toBe(2);
    fake.always = "all";
    vi.advanceTimersByTime(200);
    expect(fake.text).toBe(line.repeat(8));
    expect(sink.write("next\n")).toBe(true);
  });

  it("gives up and counts everything once nobody reads", () => {
    const { fake, sink } = open();
    fake.next.push(2, "EPIPE");
    sink.write("first\n");
    sink.write("second\n");
    vi.advanceTimersByTime(200);
    expect(sink.dropped).toBe(0);
    vi.advanceTimersByTime(200);
    expect(sink.dropped).toBe(2);
    sink.write("third\n");
    sink.flushSync();
    expect(sink.dropped).toBe(3);
    expect(fake.text).toBe("fi");
  });

  it("closes for good: what comes later is lost and counted", async () => {
    const { fake, sink } = open();
    sink.write("a\n");
    await sink.close(soon());
    await sink.close(soon());
    expect(fake.text).toBe("a\n");
    expect(sink.write("b\n")).toBe(false);
    expect(sink.dropped).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a flush of the batched sink", () => {
  it("waits for a slow reader until the deadline", async () => {
    const { fake, sink } = open();
    fake.next.push("EAGAIN", "EAGAIN");
    sink.write("a\n");
    await sink.flush(soon());
    expect(fake.text).toBe("a\n");
    fake.always = "EAGAIN";
    sink.write("b\n");
    await sink.flush(performance.now() + 15);
    expect(fake.text).toBe("a\n");
    expect(sink.dropped).toBe(0);
    await sink.close(performance.now());
    expect(sink.dropped).toBe(1);
  });
});
