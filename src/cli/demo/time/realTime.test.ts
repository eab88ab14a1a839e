import { describe, expect, it } from "vitest";
import { FakeIo } from "../../testing/fakeIo";
import { RealTime } from "./realTime";

describe("RealTime", () => {
  it("tells the wall clock in microseconds", () => {
    const io = new FakeIo();
    expect(new RealTime(io, 10).now()).toBe(io.time * 1000);
  });

  it("waits so many times shorter, and wakes in order", async () => {
    const io = new FakeIo();
    const time = new RealTime(io, 10);
    const log: string[] = [];
    for (const ms of [3000, 1000, 2000]) void time.wait(ms).then(() => log.push(`${ms}`));
    await io.tick(99);
    expect(log).toEqual([]);
    await io.tick(1);
    expect(log).toEqual(["1000"]);
    await io.tick(1000);
    expect(log).toEqual(["1000", "2000", "3000"]);
  });

  it("waits no less than it is told on its own clock", async () => {
    const io = new FakeIo();
    const time = new RealTime(io, 10);
    const log: string[] = [];
    void time.wait(1000, 300).then(() => log.push("least"));
    void time.wait(5000, 300).then(() => log.push("scripted"));
    await io.tick(299);
    expect(log).toEqual([]);
    await io.tick(1);
    expect(log).toEqual(["least"]);
    await io.tick(200);
    expect(log).toEqual(["least", "scripted"]);
  });

  it("wakes nobody after its end", async () => {
    const io = new FakeIo();
    const time = new RealTime(io, 1);
    let woken = false;
    void time.wait(10).then(() => {
      woken = true;
    });
    time.stop();
    await io.tick(100);
    void time.wait(10).then(() => {
      woken = true;
    });
    await io.tick(100);
    expect(woken).toBe(false);
  });
});
