import { displayName, type InputFile, nearbyHint } from "../input/open";
import type { ReadLog } from "../input/readLog";
import type { Io, Keyboard } from "../io";
import { jsonText } from "../output/json";
import { sanitise } from "../output/sanitise";
import type { Style } from "../output/style";
import { Feed } from "./feed";
import { keysOf } from "./keys";
import type { LiveEvent } from "./liveRun";
import { eventRecord, plainLine } from "./plain";
import { Screen } from "./screen";
import { Terminal } from "./terminal";
import type { Watch } from "./watch";

/** How often files are looked at, hanging calls checked and the screen drawn, ms. */
const INTERVAL = 250;

export interface Session {
  readonly files: readonly InputFile[];
  readonly watch: Watch;
  readonly log: ReadLog;
  readonly style: Style;
  readonly io: Io;
}

/** Where what happens is shown. */
interface View {
  show(events: readonly LiveEvent[]): Promise<void>;
  /** Draws what time alone changes. */
  refresh(): Promise<void>;
}

/** Prints a line per event until the input ends, or until it is interrupted. */
export async function followPlain(session: Session, format: "table" | "ndjson"): Promise<void> {
  const { io, style, log } = session;
  const view: View = {
    async show(events) {
      for (const event of events) {
        await io.stdout.write(`${format === "ndjson" ? jsonText(eventRecord(event)) : plainLine(event, style)}\n`);
      }
      await log.flush();
    },
    refresh: async () => undefined,
  };
  const stop = new Stop();
  const named = new Set<string>();
  const missing = async (files: readonly InputFile[]): Promise<void> => {
    for (const { name, path } of files) {
      if (named.has(name)) continue;
      named.add(name);
      const hint = path === undefined ? "" : await nearbyHint(path);
      await io.stderr.write(`Waiting for ${sanitise(name)}, which is not there yet${sanitise(hint)}\n`);
    }
  };
  await follow(session, view, stop, { stopAtEnd: true, missing });
  await log.summarise();
  if (log.failure !== undefined) throw log.failure;
}

/** Shows runs on the whole terminal until the user leaves. */
export async function followScreen(session: Session, keyboard: Keyboard): Promise<void> {
  const { io, watch, style, log, files } = session;
  const screen = new Screen(watch, style);
  const terminal = new Terminal(io);
  const stop = new Stop();
  const reading = `reading ${files.map(displayName).join(", ")}`;
  let inputs = reading;
  const draw = (): Promise<void> => terminal.draw(screen.frame(terminal.size, io.now(), inputs));
  const readKeys = async (): Promise<void> => {
    for await (const pressed of keyboard) {
      for (const key of keysOf(pressed)) if (!screen.press(key, terminal.size)) return stop.now();
      await draw();
    }
  };
  const offResize = io.stdout.onResize(() => {
    terminal.forget();
    stop.guard(draw());
  });
  await terminal.enter();
  try {
    await draw();
    stop.guard(readKeys());
    let drawn = io.now();
    const view: View = {
      async show(events) {
        screen.show(events);
        // While much is read at once the timer's turn does not come.
        if (io.now() - drawn < INTERVAL) return;
        drawn = io.now();
        await draw();
      },
      refresh: draw,
    };
    const ended = (): void => {
      inputs = "input ended";
    };
    const missing = async (absent: readonly InputFile[]): Promise<void> => {
      inputs = absent.length === 0 ? reading : `waiting for ${absent.map(displayName).join(", ")}`;
    };
    await follow(session, view, stop, { stopAtEnd: false, ended, missing, close: () => keyboard.close() });
  } finally {
    offResize();
    await terminal.leave();
  }
  await log.summarise();
  if (log.failure !== undefined) throw log.failure;
}

interface FollowOptions {
  readonly stopAtEnd: boolean;
  readonly ended?: () => void;
  /** Told which files are not there yet, at first and when that changes. */
  readonly missing?: (files: readonly InputFile[]) => Promise<void>;
  /** Ends what else waits for the user. */
  readonly close?: () => void;
}

async function follow(session: Session, view: View, stop: Stop, options: FollowOptions): Promise<void> {
  const { io, watch, log, files } = session;
  let waiting: LiveEvent[] = [];
  const show = async (): Promise<void> => {
    const events = waiting;
    waiting = [];
    if (events.length > 0 || log.hasNews) await view.show(events);
  };
  const feed = new Feed(
    files,
    io,
    log,
    (line) => {
      const events = watch.add(line, io.now());
      if (events === "late") return "late";
      waiting.push(...events);
      return undefined;
    },
    show,
  );
  let waitsFor = 0;
  const tick = stop.oneAtATime(async () => {
    await feed.poll();
    const { missing } = feed;
    if (missing.length !== waitsFor) {
      waitsFor = missing.length;
      await options.missing?.(missing);
    }
    waiting.push(...watch.tick(io.now()));
    await show();
    await view.refresh();
  });
  const offTimer = io.every(INTERVAL, tick);
  const offInterrupt = io.onInterrupt(() => stop.now());
  const read = async (): Promise<void> => {
    await feed.readToEnd();
    if (feed.isEndless || stop.isStopped) return;
    options.ended?.();
    waiting.push(...watch.close());
    await show();
    await view.refresh();
    if (options.stopAtEnd) stop.now();
  };
  try {
    tick();
    stop.guard(read());
    await stop.stopped;
  } finally {
    offTimer();
    offInterrupt();
    io.stdin.close();
    options.close?.();
    await stop.settled();
    await feed.close();
  }
}

/** When and why following ends: on purpose, or by the first error of anything that runs beside it. */
class Stop {
  readonly stopped: Promise<void>;
  #resolve: () => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  readonly #running = new Set<Promise<void>>();
  isStopped = false;

  constructor() {
    this.stopped = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // An error before anybody waits is not lost: `stopped` stays rejected.
    this.stopped.catch(() => undefined);
  }

  now(): void {
    this.isStopped = true;
    this.#resolve();
  }

  /** Ends with the error of something that runs beside. Once stopped, the errors of what is being torn down are none. */
  guard(work: Promise<void>): void {
    const guarded = work.catch((error: unknown) => {
      if (this.isStopped) return;
      this.isStopped = true;
      this.#reject(error);
    });
    this.#running.add(guarded);
    void guarded.finally(() => this.#running.delete(guarded));
  }

  /** Waits for what still runs. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** A callback for a timer that is left out while the last one still runs. */
  oneAtATime(work: () => Promise<void>): () => void {
    let busy = false;
    return () => {
      if (busy || this.isStopped) return;
      busy = true;
      this.guard(
        work().finally(() => {
          busy = false;
        }),
      );
    };
  }
}
