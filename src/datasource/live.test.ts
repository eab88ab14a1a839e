import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { poll } from "./live";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("asks again after the answer, never two at once, and not while the page is hidden", async () => {
  let hidden = false;
  let open = 0;
  let most = 0;
  const seen: number[] = [];
  const ask = async (): Promise<number> => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, 5000));
    open--;
    return seen.length;
  };
  const listening = poll({ pollMs: 2500, ask, isHidden: () => hidden }).subscribe((answer) => seen.push(answer));
  await vi.advanceTimersByTimeAsync(5000 + 2500 + 5000);
  expect(seen).toEqual([0, 1]);
  hidden = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(seen).toHaveLength(2);
  hidden = false;
  await vi.advanceTimersByTimeAsync(2500 + 5000);
  expect(seen).toHaveLength(3);
  listening.unsubscribe();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(seen).toHaveLength(3);
  expect(most).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

it("calls off the open question when nobody listens any more", () => {
  let signal: AbortSignal | undefined;
  const ask = (given: AbortSignal): Promise<never> => {
    signal = given;
    return new Promise(() => undefined);
  };
  poll({ pollMs: 1000, ask, isHidden: () => false })
    .subscribe()
    .unsubscribe();
  expect(signal?.aborted).toBe(true);
});
