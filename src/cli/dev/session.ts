import { displayName, type InputFile, nearbyHint } from "../input/open";
import type { Keyboard } from "../io";
import { jsonText } from "../output/json";
import { sanitise } from "../output/sanitise";
import { follow, INTERVAL, type Session, type View } from "./follow";
import { keysOf } from "./keys";
import { eventRecord, plainLine } from "./plain";
import { Screen } from "./screen";
import { Stop } from "./stop";
import { Terminal } from "./terminal";

/** Prints a line per event until the input ends, or until it is interrupted. */
export async function followPlain(session: Session, format: "table" | "ndjson"): Promise<void> {
  const { io, style, log, address } = session;
  if (address !== undefined) {
    const commands = `dunetrace runs --loki ${address}`;
    await io.stderr.write(`Page on ${address}/\nLoki for development on ${address}: ${commands}\n`);
  }
  const view: View = {
    async show(events) {
      for (const event of events) {
        await io.stdout.write(`${format === "ndjson" ? jsonText(eventRecord(event)) : plainLine(event, style)}\n`);
      }
      await log.flush();
    },
    tell: ({ text }) => io.stderr.write(`${sanitise(text)}\n`),
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
  const { io, watch, style, log, reading, address } = session;
  const screen = new Screen(watch, style);
  const terminal = new Terminal(io);
  const stop = new Stop();
  let inputs = reading;
  let notice: string | undefined;
  const draw = (): Promise<void> => terminal.draw(screen.frame(terminal.size, io.now(), { inputs, notice, address }));
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
      async tell({ text, isOver }) {
        notice = isOver === true ? undefined : text;
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
