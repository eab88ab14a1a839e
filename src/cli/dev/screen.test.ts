import { describe, expect, it } from "vitest";
import { parseLine } from "../../core/wire";
import { PLAIN } from "../output/style";
import { width } from "../output/width";
import { CENT, testJudging } from "../testing/judging";
import { loopingRun, quietRun, START } from "../testing/runWriter";
import { Screen, type Size } from "./screen";
import { Watch } from "./watch";

const NOW = 1_795_168_800_000;
const SIZE: Size = { columns: 80, rows: 24 };

class Fixture {
  readonly watch = new Watch({
    judging: testJudging(),
    prices: CENT,
    recorded: false,
    stallAfterMs: 90_000,
    keep: 500,
  });
  readonly screen = new Screen(this.watch, PLAIN);
  #runs = 0;

  /** One more run, newer than those before. */
  run(make = quietRun): void {
    this.#runs += 1;
    const writer = make({ run_id: `run${String(this.#runs).padStart(5, "0")}`, start: START + this.#runs * 1_000_000 });
    for (const text of writer.lines) {
      const read = parseLine(text);
      const events = read.ok ? this.watch.add(read.line, NOW) : [];
      if (events !== "late") this.screen.show(events);
    }
  }

  frame(size = SIZE): string[] {
    return this.screen.frame(size, NOW, { inputs: "reading stdin" });
  }

  /** Rows of the list: where each run stands, and where the cursor is. */
  list(): string[] {
    return this.frame()
      .slice(3)
      .filter((line) => /^[› ] completed/.test(line))
      .map((line) => `${line[0]}${line.slice(12, 20)}`.trim());
  }
}

describe("Screen", () => {
  it("shows the newest runs first and follows them until the cursor is moved", () => {
    const fixture = new Fixture();
    for (let at = 0; at < 3; at++) fixture.run();
    expect(fixture.list()).toEqual(["›run00003", "run00002", "run00001"]);
    fixture.run();
    expect(fixture.list()[0]).toBe("›run00004");
  });

  it("does not move what the cursor stands on when runs come in", () => {
    const fixture = new Fixture();
    for (let at = 0; at < 30; at++) fixture.run();
    fixture.screen.press("down", SIZE);
    fixture.screen.press("down", SIZE);
    const before = fixture.list();
    expect(before[2]).toBe("›run00028");
    for (let at = 0; at < 3; at++) fixture.run();
    expect(fixture.list()).toEqual(before);
    expect(fixture.frame()[0]).toContain("↑ 3 newer");
    fixture.screen.press("home", SIZE);
    expect(fixture.list()[0]).toBe("›run00033");
  });

  it("moves by lines, pages and to both ends, and stops there", () => {
    const fixture = new Fixture();
    for (let at = 0; at < 40; at++) fixture.run();
    const cursor = (): string | undefined => fixture.list().find((row) => row.startsWith("›"));
    fixture.screen.press("up", SIZE);
    expect(cursor()).toBe("›run00040");
    fixture.screen.press("pageDown", SIZE);
    expect(cursor()).toBe("›run00027");
    fixture.screen.press("pageUp", SIZE);
    expect(cursor()).toBe("›run00040");
    fixture.screen.press("end", SIZE);
    expect(cursor()).toBe("›run00001");
    fixture.screen.press("down", SIZE);
    expect(cursor()).toBe("›run00001");
    expect(fixture.screen.press("quit", SIZE)).toBe(false);
  });

  it("fills the screen exactly, whatever its size", () => {
    const fixture = new Fixture();
    for (let at = 0; at < 5; at++) fixture.run(loopingRun);
    const check = (): void => {
      for (const [columns, rows] of [
        [80, 24],
        [200, 60],
        [60, 12],
        [80, 5],
      ] as const) {
        const frame = fixture.frame({ columns, rows });
        expect(frame).toHaveLength(rows);
        if (columns >= 80) for (const line of frame) expect(width(line)).toBeLessThanOrEqual(columns);
      }
    };
    check();
    fixture.screen.press("open", SIZE);
    fixture.screen.press("end", SIZE);
    fixture.screen.press("facts", SIZE);
    fixture.screen.press("lines", SIZE);
    check();
  });

  it("scrolls in an open run and stays within it", () => {
    const fixture = new Fixture();
    fixture.run(loopingRun);
    fixture.screen.press("open", SIZE);
    fixture.screen.press("up", SIZE);
    expect(fixture.frame()[0]).toBe("research-agent · run run00001");
    fixture.screen.press("end", SIZE);
    const last = fixture.frame();
    expect(last.at(-3)).toContain("gpt-4o");
    expect(last.at(-1)).toMatch(/^↑↓ scroll {2}/);
    fixture.screen.press("down", SIZE);
    expect(fixture.frame()).toEqual(last);
    fixture.screen.press("fixes", SIZE);
    expect(fixture.frame()[0]).toBe("What happened");
    expect(fixture.frame().join("\n")).toContain("const seen = new Map");
    fixture.screen.press("back", SIZE);
    expect(fixture.frame()[0]).toMatch(/^dunetrace dev/);
  });
});
