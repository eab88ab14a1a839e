import { describe, expect, it } from "vitest";
import { FakeWrite } from "../testing/fakeWrite";
import { Descriptor } from "./descriptor";
import { SyncSink } from "./sync";
import { StdoutTarget } from "./target";
import { MAX_BLOCKED_MS } from "./wait";

function open() {
  const fake = new FakeWrite();
  const told: string[] = [];
  const sink = new SyncSink(new StdoutTarget(new Descriptor(1, fake.write)), (topic) => told.push(topic));
  return { fake, sink, told };
}

describe("the sync sink", () => {
  it("writes each line by itself, at once", () => {
    const { fake, sink } = open();
    expect([sink.write('{"a":1}\n'), sink.write('{"ü":"🦊"}\n')]).toEqual([true, true]);
    expect(fake.calls).toBe(2);
    expect(fake.text).toBe('{"a":1}\n{"ü":"🦊"}\n');
    expect(sink.dropped).toBe(0);
  });

  it("goes on with the rest after a partial write, also within a character", () => {
    const { fake, sink } = open();
    fake.next.push(3, 2, "all");
    expect(sink.write('{"ü":"🦊"}\n')).toBe(true);
    expect(fake.text).toBe('{"ü":"🦊"}\n');
  });

  it("waits for a blocked pipe", () => {
    const { fake, sink } = open();
    fake.next.push("EAGAIN", "EAGAIN", 4, "EAGAIN", "all");
    expect(sink.write('{"a":1}\n')).toBe(true);
    expect(fake.text).toBe('{"a":1}\n');
  });

  it("waits 20 ms at most, then drops the line and counts it", () => {
    const { fake, sink, told } = open();
    fake.always = "EAGAIN";
    const start = performance.now();
    expect(sink.write('{"a":1}\n')).toBe(false);
    expect(performance.now() - start).toBeGreaterThanOrEqual(MAX_BLOCKED_MS - 1);
    // One try, then one after 1, 2, 4, 8 and 5 ms.
    expect(fake.calls).toBe(6);
    expect(sink.dropped).toBe(1);
    expect(told).toEqual(["stdout EAGAIN"]);
  });

  it("does not wait again for each line while the pipe stays blocked", () => {
    const { fake, sink } = open();
    fake.always = "EAGAIN";
    sink.write("a\n");
    fake.calls = 0;
    for (let line = 0; line < 100; line++) sink.write("b\n");
    expect(fake.calls).toBe(100);
    fake.always = "all";
    expect(sink.write("c\n")).toBe(true);
    fake.next.push("EAGAIN");
    expect(sink.write("d\n")).toBe(true);
    expect(fake.text).toBe("c\nd\n");
    expect(sink.dropped).toBe(101);
  });

  it("closes off a line that was torn, so that the next stays whole", () => {
    const { fake, sink } = open();
    fake.next.push(5, "ENOSPC");
    expect(sink.write('{"a":1}\n')).toBe(false);
    expect(sink.write('{"b":2}\n')).toBe(true);
    expect(sink.write('{"c":3}\n')).toBe(true);
    expect(fake.text).toBe('{"a":\n{"b":2}\n{"c":3}\n');
    expect(sink.dropped).toBe(1);
  });

  it("closes it off only once it can", () => {
    const { fake, sink } = open();
    fake.next.push(5, "ENOSPC", "ENOSPC", 1, "ENOSPC");
    for (const line of ['{"a":1}\n', '{"b":2}\n', '{"c":3}\n', '{"d":4}\n']) sink.write(line);
    expect(fake.text).toBe('{"a":\n{"d":4}\n');
    expect(sink.dropped).toBe(3);
  });

  it("drops and counts while the disk is full, and recovers", () => {
    const { fake, sink } = open();
    fake.next.push("ENOSPC", "ENOSPC");
    expect([sink.write("a\n"), sink.write("b\n"), sink.write("c\n")]).toEqual([false, false, true]);
    expect(fake.text).toBe("c\n");
    expect(sink.dropped).toBe(2);
  });

  it("never tries again once nobody reads", () => {
    const { fake, sink } = open();
    fake.next.push("EPIPE");
    expect([sink.write("a\n"), sink.write("b\n"), sink.write("c\n")]).toEqual([false, false, false]);
    expect(fake.calls).toBe(1);
    expect(sink.dropped).toBe(3);
  });
});
