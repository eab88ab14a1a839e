import { open } from "node:fs/promises";
import path from "node:path";
import { type Line, parseLine, type UnknownLine } from "../../core/wire";
import type { LokiApi } from "../../logql/api";
import { allLines, runLines, type Scope } from "../../logql/builders";
import { unreadable } from "../input/open";
import type { WatchedFile } from "./observations";
import { ownTime } from "./observe";

/** So much of the end of a file is read, bytes. */
const TAIL_BYTES = 64 * 1024;
/** So many of its last lines are looked for. */
const LINES = 20;
/** Loki keeps the nanoseconds of `ts`; a shipper without a timestamp stage files lines when they arrive. */
const AROUND_NANOS = 3_600_000_000_000n;
const PAGE = 1000;

interface TailLine {
  readonly text: string;
  readonly line: Line | UnknownLine;
}

/**
 * Looks in Loki for the last lines of an agent's file.
 *
 * @throws UsageError when the file cannot be read
 * @throws LokiError when Loki does not answer
 */
export async function watchFile(name: string, cwd: string, api: LokiApi, scope: Scope): Promise<WatchedFile> {
  const lines = await lastLines(path.resolve(cwd, name), name);
  const newest = lines.at(-1);
  if (newest === undefined) return { name, newest: undefined, missing: 0, looked: 0 };
  const arrived = await arrivedOf(lines, api, scope);
  const missing = lines.filter(({ text }) => !arrived.has(text)).length;
  return { name, newest: { line: newest.line, arrived: arrived.has(newest.text) }, missing, looked: lines.length };
}

async function lastLines(file: string, name: string): Promise<readonly TailLine[]> {
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
  return ours.slice(-LINES);
}

/** The texts of those lines that Loki has. */
async function arrivedOf(lines: readonly TailLine[], api: LokiApi, scope: Scope): Promise<ReadonlySet<string>> {
  const arrived = new Set<string>();
  const groups = grouped(lines);
  for (const group of groups.values()) {
    const times = group.map(({ line }) => BigInt(ownTime(line)) * 1000n);
    const first = group[0]?.line;
    if (first === undefined) continue;
    const { agent_id, run_id } = first;
    const query = run_id === "" ? allLines(scope, { agents: [agent_id] }) : runLines(scope, { agent_id, run_id });
    const entries = await api.logs({
      query,
      start: times.reduce((a, b) => (a < b ? a : b)) - AROUND_NANOS,
      end: times.reduce((a, b) => (a > b ? a : b)) + AROUND_NANOS,
      limit: PAGE,
      direction: "backward",
    });
    for (const { line } of entries) arrived.add(line);
  }
  return arrived;
}

const keyOf = ({ line }: TailLine): string => `${line.agent_id}\n${line.run_id}`;

function grouped(lines: readonly TailLine[]): Map<string, TailLine[]> {
  const groups = new Map<string, TailLine[]>();
  for (const line of lines) groups.set(keyOf(line), [...(groups.get(keyOf(line)) ?? []), line]);
  return groups;
}
