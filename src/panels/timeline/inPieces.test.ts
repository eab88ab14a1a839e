import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inPieces } from "./inPieces";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function* counting(): Generator<number | undefined, number | undefined> {
  yield undefined;
  yield 1;
  return 2;
}

describe("inPieces", () => {
  it("hands out parts and the result, each in a task of its own", () => {
    const seen: (number | undefined)[] = [];
    inPieces(counting(), (part) => seen.push(part));
    expect(seen).toEqual([]);
    vi.advanceTimersToNextTimer();
    expect(seen).toEqual([1]);
    vi.advanceTimersToNextTimer();
    expect(seen).toEqual([1, 2]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("stops when told", () => {
    const seen: (number | undefined)[] = [];
    const stop = inPieces(counting(), (part) => seen.push(part));
    vi.advanceTimersToNextTimer();
    stop();
    vi.runAllTimers();
    expect(seen).toEqual([1]);
  });
});
