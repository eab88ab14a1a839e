import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepLoading } from "./keepLoading";

class TestPage extends EventTarget {
  hidden = false;
  show(): void {
    this.hidden = false;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

/** Something that fails so many times before it can be loaded. */
function failing(times: number) {
  const page = new TestPage();
  const load = vi.fn(async () => {
    if (load.mock.calls.length <= times) throw new Error("no connection");
    return "view";
  });
  const loaded = vi.fn();
  const failed = vi.fn();
  return { page, load, loaded, failed, loading: keepLoading(load, page, { loaded, failed }) };
}

describe("keepLoading", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("loads once where that works", async () => {
    const { load, loaded, failed, page } = failing(0);
    await vi.advanceTimersByTimeAsync(60_000);
    page.show();
    await vi.advanceTimersByTimeAsync(0);
    expect(loaded.mock.calls).toEqual([["view"]]);
    expect([load.mock.calls.length, failed.mock.calls.length]).toEqual([1, 0]);
  });

  it("tries again by itself, less often the longer it fails", async () => {
    const { load, loaded, failed } = failing(2);
    await vi.advanceTimersByTimeAsync(1999);
    expect(load).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(load).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(3999);
    expect(loaded).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(loaded).toHaveBeenCalledTimes(1);
    expect(failed).toHaveBeenCalledTimes(2);
  });

  it("tries again at once when it is asked to", async () => {
    const { loaded, loading } = failing(1);
    await vi.advanceTimersByTimeAsync(0);
    loading.again();
    await vi.advanceTimersByTimeAsync(0);
    expect(loaded).toHaveBeenCalledTimes(1);
  });

  it("waits while nobody looks, and goes on when somebody does", async () => {
    const { load, loaded, page } = failing(1);
    page.hidden = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(load).toHaveBeenCalledTimes(1);
    page.show();
    await vi.advanceTimersByTimeAsync(0);
    expect(loaded).toHaveBeenCalledTimes(1);
  });

  it("says nothing more once it is stopped", async () => {
    const { load, loaded, failed, loading } = failing(1);
    loading.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([load.mock.calls.length, loaded.mock.calls.length, failed.mock.calls.length]).toEqual([1, 0, 0]);
  });
});
