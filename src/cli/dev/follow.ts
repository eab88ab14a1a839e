import type { OpenedStore } from "../../loki";
import type { InputFile } from "../input/open";
import type { ReadLog } from "../input/readLog";
import type { Io } from "../io";
import type { Style } from "../output/style";
import type { Notice, OpenInputs } from "./inputs";
import { Intake } from "./intake";
import type { LiveEvent } from "./liveRun";
import type { Stop } from "./stop";
import type { Watch } from "./watch";

/** How often files are looked at, hanging calls checked and the screen drawn, ms. */
export const INTERVAL = 250;

export interface Session {
  readonly open: OpenInputs;
  /** What is read, such as `reading agents.ndjson`. */
  readonly reading: string;
  readonly store: OpenedStore;
  /** Where the store answers as a Loki and takes pushes; undefined when it does not. */
  readonly address: string | undefined;
  /** What was to be told before there was a view. */
  readonly notices: Notice[];
  readonly watch: Watch;
  readonly log: ReadLog;
  readonly style: Style;
  readonly io: Io;
}

/** Where what happens is shown. */
export interface View {
  show(events: readonly LiveEvent[]): Promise<void>;
  tell(notice: Notice): Promise<void>;
  /** Draws what time alone changes. */
  refresh(): Promise<void>;
}

export interface FollowOptions {
  readonly stopAtEnd: boolean;
  readonly ended?: () => void;
  /** Told which files are not there yet, at first and when that changes. */
  readonly missing?: (files: readonly InputFile[]) => Promise<void>;
  /** Ends what else waits for the user. */
  readonly close?: () => void;
}

/** Takes lines in and shows what they change, until the input ends or the user wants it to. */
export async function follow(session: Session, view: View, stop: Stop, options: FollowOptions): Promise<void> {
  const { io, watch, log, store, notices } = session;
  const notify = (notice: Notice): void => {
    notices.push(notice);
  };
  const intake = new Intake({ store, watch, now: io.now, notify });
  const show = async (): Promise<void> => {
    for (const notice of notices.splice(0)) await view.tell(notice);
    const events = intake.events();
    if (events.length > 0 || log.hasNews) await view.show(events);
  };
  const inputs = session.open({ take: intake.take, after: show, notify });
  // Others may push to a store that is served.
  const isEndless = inputs.isEndless || session.address !== undefined;
  let waitsFor = 0;
  const tick = stop.oneAtATime(async () => {
    await inputs.poll();
    const { missing } = inputs;
    if (missing.length !== waitsFor) {
      waitsFor = missing.length;
      await options.missing?.(missing);
    }
    intake.add(watch.tick(io.now()));
    await show();
    await view.refresh();
  });
  const offTimer = io.every(INTERVAL, tick);
  const offInterrupt = io.onInterrupt(() => stop.now());
  const read = async (): Promise<void> => {
    await inputs.readToEnd();
    if (isEndless || stop.isStopped) return;
    options.ended?.();
    intake.add(watch.close());
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
    inputs.stop();
    options.close?.();
    await stop.settled();
    await inputs.close();
    intake.close();
  }
}
