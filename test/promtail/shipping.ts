import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { parse } from "yaml";
import { type RealProgram, waitFor } from "../real";

const Positions = v.object({ positions: v.record(v.string(), v.string()) });

/** Sum of a counter of Promtail over all its labels. */
export async function counter(promtail: RealProgram, name: string): Promise<number> {
  const answer = await fetch(`${promtail.url}/metrics`);
  const lines = (await answer.text()).split("\n").filter((line) => line.startsWith(`${name}{`));
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
}

/** Waits until a Promtail that was started just now has sent so many lines, or has read the file to its end. */
export async function hasSent(promtail: RealProgram, count: number, file: string): Promise<void> {
  const sent = async (): Promise<boolean> => (await counter(promtail, "promtail_sent_entries_total")) >= count;
  const size = (): number => statSync(file, { throwIfNoEntry: false })?.size ?? Number.POSITIVE_INFINITY;
  await waitFor(async () => (await sent()) || notedPosition(promtail, file) >= size(), {
    deadlineMs: 60_000,
    everyMs: 20,
    what: () => `${count} lines to be sent\n${promtail.logs()}`,
  });
}

/** How far into a file Promtail notes to have read, bytes. */
export function notedPosition(promtail: RealProgram, file: string): number {
  const notes = join(promtail.dir, "positions", "positions.yaml");
  if (!existsSync(notes)) return 0;
  return Number(v.parse(Positions, parse(readFileSync(notes, "utf8"))).positions[file] ?? 0);
}

/** The lines of a file, all of which end. */
export function linesOf(file: string): string[] {
  return readFileSync(file, "utf8").split("\n").slice(0, -1);
}
