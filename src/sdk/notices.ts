import { writeSync } from "node:fs";
import { processState } from "./processState";

/** Writes one line to stderr. stdout belongs to the application. */
export function say(message: string): void {
  try {
    writeSync(2, `dunetrace: ${message}\n`);
  } catch {
    // Nobody reads stderr: there is no other place to say it.
  }
}

/** Says something once per process, however many clients there are. */
export function sayOnce(message: string): void {
  const { notices } = processState();
  if (notices.has(message)) return;
  notices.add(message);
  say(message);
}
