import { open } from "node:fs/promises";
import path from "node:path";
import { type Line, type Micros, parseLine, type UnknownLine } from "../../core/wire";
import type { LokiApi, Nanos } from "../../logql/api";
import { allLines, runLines, type Scope } from "../../logql/builders";
import { LokiError } from "../../logql/errors";
import { unreadable } from "../input/open";
import type { WatchedFile } from "./observations";
import { answerOf } from "./probe";
import { isBroken } from "./wrapped";

/** So much of the end of a file is read, bytes. */
const TAIL_BYTES = 64 * 1024;
/** So many of its last lines are looked for. */
const LINES = 20;
/** A shipper that works needs less for a line, ms. */
const ON_ITS_WAY_MS = 10_000;
const EVERY_MS = 500;
/** Loki keeps the nanoseconds of `ts`; a shipper without a timestamp stage files lines when they arrive. */
const AROUND_NANOS = 3_600_000_000_000n;
const PAGE = 500;

interface TailLine {
  readonly text: string;
  readonly line: Line | UnknownLine;
}

/** What looking needs. */
export interface Looking {
  readonly api: LokiApi;
  readonly scope: Scope;
  readonly cwd: string;
  /** Wall clock, ms. */
  now(): number;
  wait(ms: number): Promise<void>;
}

/**
 * Looks in Loki for the last lines of an agent's file. What was written just now may be on its way: it is looked for
 * some more times, and the lag is the time until the newest of it was found. A line that was there at the first look says
 * nothing of the lag, unless it was written after looking began.
 *
 * @throws UsageError when the file cannot be read
 */
export async function watchFile(name: string, looking: Looking): Promise<WatchedFile> {
  const begun = looking.now();
  const { lines, broken } = await lastLines(path.resolve(looking.cwd, name), name);
  const newest = lines.at(-1);
  const nothing = { name, newest: newest?.line, missing: 0, looked: 0, broken, lagMs: undefined, error: undefined };
  if (newest === undefined) return nothing;
  const written = ownTime(newest.line) / 1000;
  const young = begun - ON_ITS_WAY_MS;
  let wasAwaited = written > begun;
  for (const end = begun + ON_ITS_WAY_MS; ; ) {
    const arrived = await answerOf(() => arrivedOf(lines, looking));
    if (arrived instanceof LokiError) return { ...nothing, error: arrived };
    const missing = lines.filter(({ text }) => !arrived.has(text));
    const isOnItsWay = missing.length > 0 && missing.every(({ line }) => ownTime(line) > young * 1000);
    if (!isOnItsWay || looking.now() > end) {
      const lag = looking.now() - written;
      const lagMs = wasAwaited && arrived.has(newest.text) && lag >= 0 ? lag : undefined;
      return { ...nothing, missing: missing.length, looked: lines.length, lagMs };
    }
    wasAwaited ||= !arrived.has(newest.text);
    await looking.wait(EVERY_MS);
  }
}

async function lastLines(file: string, name: string): Promise<{ lines: readonly TailLine[]; broken: number }> {
  let text: string;
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      const start = Math.max(0, size - TAIL_BYTES);
      const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(size - start), position: start });
      text = buffer.toString("utf8", 0, bytesRead);
      // The first line of the piece is cut, and the last may still be being written.
      if (start > 0) text = text.slice(text.indexOf("\n") + 1);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw await unreadable(name, file, error);
  }
  const whole = text.split("\n").slice(0, -1);
  const ours = whole.flatMap((one) => {
    const parsed = parseLine(one);
    return parsed.ok ? [{ text: one, line: parsed.line }] : [];
  });
  return { lines: ours.slice(-LINES), broken: whole.filter(isBroken).length };
}

/** µs of an entry's own time, for comparing a file with what arrived. */
function ownTime(line: Line | UnknownLine): Micros {
  return line.written ?? line.time;
}

/** The texts of those lines that Loki has. */
async function arrivedOf(lines: readonly TailLine[], { api, scope }: Looking): Promise<ReadonlySet<string>> {
  const arrived = new Set<string>();
  for (const group of grouped(lines).values()) {
    const times = group.map(({ line }) => BigInt(ownTime(line)) * 1000n);
    const first = group[0]?.line;
    if (first === undefined) continue;
    const { agent_id, run_id } = first;
    const query = run_id === "" ? allLines(scope, { agents: [agent_id] }) : runLines(scope, { agent_id, run_id });
    const start = times.reduce((a, b) => (a < b ? a : b));
    const end = times.reduce((a, b) => (a > b ? a : b));
    const look = async (margin: Nanos): Promise<void> => {
      const range = { start: start - margin, end: end + margin + 1n };
      const entries = await api.logs({ query, ...range, limit: PAGE, direction: "backward" });
      for (const { line } of entries) arrived.add(line);
    };
    await look(0n);
    if (group.some(({ text }) => !arrived.has(text))) await look(AROUND_NANOS);
  }
  return arrived;
}

const keyOf = ({ line }: TailLine): string => `${line.agent_id}\n${line.run_id}`;

function grouped(lines: readonly TailLine[]): Map<string, TailLine[]> {
  const groups = new Map<string, TailLine[]>();
  for (const line of lines) groups.set(keyOf(line), [...(groups.get(keyOf(line)) ?? []), line]);
  return groups;
}
