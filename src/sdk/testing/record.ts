import { type Line, parseLine, type UnknownLine } from "../../core/wire";
import { Dunetrace } from "../client";
import type { DunetraceOptions } from "../options";

/** 2026-11-20T10:00:00Z in µs. */
export const START = 1_795_168_800_000_000;

/** A clock that stands still until it is moved. */
export class TestClock {
  now = START;
  readonly read = (): number => this.now;

  /** Moves on by some ms. */
  pass(ms: number): void {
    this.now += ms * 1000;
  }
}

/** A client whose lines stay at hand, with a clock of its own. */
export class RecordedClient {
  readonly clock = new TestClock();
  readonly dt: Dunetrace;
  readonly texts: string[] = [];

  constructor(options: DunetraceOptions = {}) {
    const logger = { write: (line: string) => this.texts.push(line) };
    this.dt = new Dunetrace({ logger, clock: this.clock.read, ...options });
  }

  /** Everything written so far. */
  get lines(): readonly (Line | UnknownLine)[] {
    return this.texts.map((text) => {
      const parsed = parseLine(text);
      if (!parsed.ok) throw new Error(`${parsed.reason}: ${text}`);
      return parsed.line;
    });
  }

  /** The lines of one type. */
  of<T extends Line["event_type"]>(event_type: T): Extract<Line, { event_type: T }>[] {
    return this.lines.filter((line): line is Extract<Line, { event_type: T }> => line.event_type === event_type);
  }

  /** The types of all lines in order. */
  get types(): string[] {
    return this.lines.map((line) => line.event_type);
  }

  /** The line itself, as it was written. */
  raw(event_type: string): Record<string, unknown> {
    const text = this.texts.find((line) => line.includes(`"event_type":"${event_type}"`));
    if (text === undefined) throw new Error(`no ${event_type} was written`);
    const parsed: Record<string, unknown> = JSON.parse(text);
    return parsed;
  }
}
