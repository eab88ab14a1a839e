import { describe, expect, it } from "vitest";
import { VirtualTime } from "./virtualTime";

describe("VirtualTime", () => {
  it("wakes everybody at their time, in order", async () => {
    const time = new VirtualTime(1_000_000);
    const log: string[] = [];
    const walk = async (name: string, ...waits: readonly number[]): Promise<void> => {
      for (const ms of waits) {
        await time.wait(ms);
        log.push(`${name} ${time.now() - 1_000_000}`);
      }
    };
    void walk("a", 10, 10, 10);
    void walk("b", 15, 0, 5);
    void walk("c", 20);
    await time.run();
    expect(log).toEqual(["a 10000", "b 15000", "b 15000", "c 20000", "a 20000", "b 20000", "a 30000"]);
  });

  it("lets promises run before time passes", async () => {
    const time = new VirtualTime(0);
    const log: string[] = [];
    void (async () => {
      for (let turn = 0; turn < 50; turn++) await Promise.resolve();
      log.push(`long ${time.now()}`);
      await time.wait(1);
    })();
    void time.wait(0.5).then(() => log.push(`short ${time.now()}`));
    await time.run();
    expect(log).toEqual(["long 0", "short 500"]);
  });

  it("lets no timer fire meanwhile", async () => {
    const time = new VirtualTime(0);
    let fired = false;
    const timer = setTimeout(() => {
      fired = true;
    }, 1);
    void (async () => {
      const until = performance.now() + 20;
      while (performance.now() < until) await time.wait(1000);
    })();
    await time.run();
    clearTimeout(timer);
    expect(fired).toBe(false);
    expect(time.now()).toBeGreaterThan(1_000_000);
  });

  it("ends while somebody waits for something else", async () => {
    const time = new VirtualTime(5);
    void new Promise(() => undefined).then(() => time.wait(1));
    await time.run();
    expect(time.now()).toBe(5);
  });
});
