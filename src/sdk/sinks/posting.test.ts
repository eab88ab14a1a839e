import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PostingSink } from "./posting";
import type { Answer } from "./requests";

const NO_ANSWER: Answer = { status: 503, retryAfter: undefined, text: "" };

/** A server without a network: answers at once, the last answer again and again, and knows when it was asked. */
function answering(...answers: readonly Partial<Answer>[]) {
  const begun = performance.now();
  const times: number[] = [];
  const bodies: string[] = [];
  const alerts: string[] = [];
  const post = (body: Buffer): Promise<Answer> => {
    bodies.push(body.toString());
    times.push(Math.round(performance.now() - begun));
    return Promise.resolve({ ...NO_ANSWER, ...answers[Math.min(times.length, answers.length) - 1] });
  };
  const sink = new PostingSink(
    {
      name: "server",
      requests: { post, stopConnecting: () => undefined, end: () => undefined },
      gatherMs: 250,
      batchBytes: 10,
      maxQueueBytes: 20,
      encode: (lines) => {
        const mine = lines.filter((line) => line !== "not ours\n");
        return Promise.resolve({ body: Buffer.from(mine.join("")), taken: mine.length });
      },
      refusal: ({ text }) => `refused: ${text}`,
      advice: "Look there.",
    },
    { alert: (message) => alerts.push(message), tell: () => undefined, random: () => 0 },
  );
  return { sink, times, bodies, alerts };
}

describe("a sink that posts", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("has no timer before the first line", () => {
    answering();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("waits for more lines, and for none of them when a batch is full", async () => {
    const { sink, times, bodies } = answering({ status: 204 });
    sink.write("1234\n");
    await vi.advanceTimersByTimeAsync(1000);
    expect(times).toEqual([250]);
    for (const line of ["1\n", "22\n", "333333333\n"]) sink.write(line);
    await vi.advanceTimersByTimeAsync(0);
    expect(times).toEqual([250, 1000, 1000]);
    expect(bodies).toEqual(["1234\n", "1\n22\n", "333333333\n"]);
    expect(sink).toMatchObject({ sent: 4, retried: 0, dropped: 0, waiting: false });
  });

  it("doubles its pauses up to 30 s, half of them random", async () => {
    const { sink, times } = answering(NO_ANSWER);
    sink.write("a\n");
    await vi.advanceTimersByTimeAsync(70_000);
    const pauses = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    expect(times[0]).toBe(250);
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
    expect(sink.retried).toBe(times.length);
  });

  it.each([
    ["40", 40_250],
    ["100000", 300_250],
    ["soon", 500],
  ])("honours Retry-After: %s, up to 5 minutes", async (header, second) => {
    const { sink, times } = answering({ status: 429, retryAfter: header }, { status: 204 });
    sink.write("a\n");
    await vi.advanceTimersByTimeAsync(400_000);
    expect(times).toEqual([250, second]);
    expect(sink).toMatchObject({ sent: 1, retried: 1 });
  });

  it("keeps a pause that ends before the deadline of a flush", async () => {
    const { sink, times } = answering({ status: 429, retryAfter: "2" }, { status: 204 });
    sink.write("a\n");
    const flushed = sink.flush(performance.now() + 5000);
    await vi.advanceTimersByTimeAsync(5000);
    await flushed;
    expect(times).toEqual([0, 2000]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("tries once in spite of a longer pause, and then gives the flush up", async () => {
    const { sink, times, alerts } = answering({ status: 429, retryAfter: "60" });
    sink.write("a\n");
    await vi.advanceTimersByTimeAsync(1000);
    const closed = sink.close(performance.now() + 5000);
    await vi.advanceTimersByTimeAsync(0);
    await closed;
    expect(times).toEqual([250, 1000]);
    expect(alerts).toEqual(["1 line was not delivered to server before the end. Look there."]);
    expect(sink).toMatchObject({ sent: 0, dropped: 1, waiting: false });
    expect(vi.getTimerCount()).toBe(0);
  });

  it("drops new lines beyond its bound, keeps those that wait, and counts", async () => {
    const { sink, bodies } = answering(NO_ANSWER, { status: 204 });
    expect(["123456789\n", "123456789\n", "1\n"].map((line) => sink.write(line))).toEqual([true, true, false]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(bodies).toEqual(Array.from({ length: 3 }, () => "123456789\n"));
    expect(sink).toMatchObject({ sent: 2, dropped: 1 });
  });

  it("counts lines that cannot be encoded as lost, and sends no empty request", async () => {
    const { sink, bodies } = answering({ status: 204 });
    sink.write("not ours\n");
    await vi.advanceTimersByTimeAsync(1000);
    expect([bodies, sink.dropped, sink.waiting]).toEqual([[], 1, false]);
  });

  it("tells a refusal once per status", async () => {
    const { sink, alerts } = answering(
      { status: 400, text: "at 10:00" },
      { status: 400, text: "at 10:01" },
      { status: 401 },
    );
    for (let at = 0; at < 3; at++) {
      sink.write("a\n");
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(alerts).toEqual(["server answers 400: refused: at 10:00", "server answers 401: refused: "]);
    expect(sink.dropped).toBe(3);
  });
});
