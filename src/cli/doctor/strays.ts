import { parseLine } from "../../core/wire";
import type { LogEntry, LokiApi } from "../../logql/api";
import { contains, pipeline, type Scope, type Stage, selector } from "../../logql/builders";
import { LokiError } from "../../logql/errors";
import type { Stray } from "./observations";
import type { Range } from "./range";

/** Labels under which shippers that set no agent_id file lines; Loki itself adds service_name from 3.0 on. */
const OTHER_LABELS = ["service_name", "job", "container", "app", "filename"] as const;
/** As SDKs write it, and as it stands in the envelope of Docker's json-file. */
const MARKS: readonly Stage[] = [contains('"logger":"dunetrace"'), contains(String.raw`\"logger\":\"dunetrace\"`)];
/** These queries read all lines of a Loki: no more than so much of its newest, ns. */
const LOOK_BACK = 3_600_000_000_000n;
const LINES = 200;

/**
 * Lines of ours that are in Loki, but not where queries look: without the label agent_id.
 *
 * @returns newest first
 * @throws LokiError when Loki does not answer
 */
export async function findStrays(api: LokiApi, scope: Scope, { start, end, now }: Range): Promise<readonly Stray[]> {
  const from = now - LOOK_BACK > start ? now - LOOK_BACK : start;
  for (const mark of MARKS) {
    for (const name of OTHER_LABELS) {
      const query = pipeline(
        selector(scope, [
          { name, op: "=~", value: ".+" },
          { name: "agent_id", op: "=", value: "" },
        ]),
        mark,
      );
      const strays = (await answered(() => api.logs({ query, start: from, end, limit: LINES, direction: "backward" })))
        ?.map(strayOf)
        .filter((stray) => stray !== undefined);
      if (strays === undefined || strays.length > 0) return strays ?? [];
    }
  }
  return [];
}

/** A Loki that others share may hold too much to be searched: then there is nothing to say. */
async function answered<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof LokiError && ["limit", "timeout", "too_many_requests"].includes(error.kind)) return undefined;
    throw error;
  }
}

const CRI = /^\S+ (?:stdout|stderr) [FP] (.*)$/s;

/** undefined for a line of somebody else that quotes one of ours. */
function strayOf({ line, ts, labels }: LogEntry): Stray | undefined {
  const at = Number(ts / 1000n);
  const parsed = parseLine(line);
  if (parsed.ok) return { kind: "unlabelled", agent_id: parsed.line.agent_id, at, labels };
  if (parsed.kind === "cut" || parsed.kind === "oversized") return { kind: "cut", at, labels };
  const inCri = CRI.exec(line)?.[1];
  if (inCri !== undefined && isOurs(inCri)) return { kind: "cri", at, labels };
  const inDocker = dockerLog(line);
  return inDocker !== undefined && isOurs(inDocker) ? { kind: "docker", at, labels } : undefined;
}

function isOurs(text: string): boolean {
  const parsed = parseLine(text.trimEnd());
  return parsed.ok || parsed.kind === "cut" || parsed.kind === "oversized";
}

function dockerLog(line: string): string | undefined {
  if (!line.startsWith('{"log":')) return undefined;
  try {
    const parsed: unknown = JSON.parse(line);
    const isEnvelope = typeof parsed === "object" && parsed !== null && "log" in parsed && "stream" in parsed;
    return isEnvelope && typeof parsed.log === "string" ? parsed.log : undefined;
  } catch {
    // Not JSON: no envelope of Docker.
    return undefined;
  }
}
