import { parseLine } from "../../core/wire";
import type { LogEntry, LogqlText, LokiApi, Matcher } from "../../logql/api";
import { quoted, rawLogql, regexOf, type Scope, selector } from "../../logql/builders";
import { LokiError } from "../../logql/errors";
import { endedRuns } from "./checks/completeness";
import { lastLine } from "./checks/lastLine";
import type { Observations, Stray } from "./observations";
import { answerOf } from "./probe";
import type { Range } from "./range";
import { dockerLog, inCri, isOurs } from "./wrapped";

/** Labels under which shippers that set no agent_id file lines; Loki itself adds service_name from 3.0 on. */
const OTHER_LABELS = ["service_name", "job", "container", "app", "filename"] as const;
/** As SDKs write it, and as it stands in the envelope of Docker's json-file. */
const MARKS = ['"logger":"dunetrace"', String.raw`\"logger\":\"dunetrace\"`] as const;
/** Lines of everybody are read: no more than so much of the newest, ns. */
const LOOK_BACK = 3_600_000_000_000n;
const LINES = 200;

/**
 * Whether something points to lines of ours that queries do not find: none is there or the newest is old, a run lacks
 * some, or a file holds what has not arrived. Others' lines are not searched for nothing.
 */
export function asksForStrays(seen: Observations): boolean {
  return (
    lastLine(seen).status !== "ok" ||
    endedRuns(seen).torn.length > 0 ||
    seen.files.some(({ missing, broken }) => missing + broken > 0)
  );
}

/**
 * Lines of ours that are in Loki, but not where queries look: without the label agent_id. No stream is read twice, and
 * what is found ends the search.
 *
 * @returns newest first; or why Loki did not tell
 */
export async function findStrays(
  api: LokiApi,
  scope: Scope,
  { start, end, now }: Range,
): Promise<readonly Stray[] | LokiError> {
  const from = now - LOOK_BACK > start ? now - LOOK_BACK : start;
  for (const query of queries(scope)) {
    const found = await answerOf(() => api.logs({ query, start: from, end, limit: LINES, direction: "backward" }));
    if (found instanceof LokiError) return found;
    const strays = found.map(strayOf).filter((stray) => stray !== undefined);
    if (strays.length > 0) return strays;
  }
  return [];
}

/** Streams without agent_id. Loki wants one matcher that needs a value: that of the scope, or any label of others. */
function queries(scope: Scope): readonly LogqlText[] {
  const isNarrow = (scope.base ?? []).some(({ op, value }) => op === "=" && value !== "");
  if (isNarrow) return [marked(scope, [])];
  return OTHER_LABELS.map((name, at) => {
    const earlier = OTHER_LABELS.slice(0, at).map((other): Matcher => ({ name: other, op: "=", value: "" }));
    return marked(scope, [{ name, op: "=~", value: ".+" }, ...earlier]);
  });
}

function marked(scope: Scope, matchers: readonly Matcher[]): LogqlText {
  const streams = selector(scope, [...matchers, { name: "agent_id", op: "=", value: "" }]);
  // No value of outside goes in here.
  return rawLogql(`${streams} |~ ${quoted(MARKS.map(regexOf).join("|"))}`);
}

/** undefined for a line of somebody else that quotes one of ours. */
function strayOf({ line, ts, labels }: LogEntry): Stray | undefined {
  const at = Number(ts / 1000n);
  const parsed = parseLine(line);
  if (parsed.ok) return { kind: "unlabelled", agent_id: parsed.line.agent_id, at, labels };
  if (parsed.kind === "cut" || parsed.kind === "oversized") return { kind: "cut", at, labels };
  if (isOurs(inCri(line))) return { kind: "cri", at, labels };
  return isOurs(dockerLog(line)) ? { kind: "docker", at, labels } : undefined;
}
