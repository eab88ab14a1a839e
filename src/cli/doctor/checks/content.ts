import { counted, duration, listed } from "../../../core/detectors/words";
import { type Finding, failure, ok, unknown, warning } from "../finding";
import type { Observations, Stray } from "../observations";
import { selectorText } from "./labels";

/** What happens to lines between agent and Loki, and what to do about it. */
const ON_THE_WAY: Readonly<Record<Exclude<Stray["kind"], "unlabelled">, readonly [what: string, next: string]>> = {
  cut: [
    "cut off on the way",
    "Give the shipper the docker or cri stage, which joins what the container runtime splits at 16 KiB, and keep maxLineBytes at 16,000 or below.",
  ],
  cri: [
    "still in the envelope of the container runtime",
    "Put the cri stage first in the shipper's pipeline, as in promtail/cri.yml and alloy/cri.alloy.",
  ],
  docker: [
    "still in the envelope of Docker",
    "Put the docker stage first in the shipper's pipeline, or read containers as promtail/docker.yml and alloy/docker.alloy do.",
  ],
};

/** What to do about spans that nothing tells about. */
export const CLASSIFY =
  "Say what they are: dunetrace collect --classify retrieval=NAME, or tool=, llm=, agent=; other=NAME for what is none of these.";

/** Lines can be read. */
export function parseErrors({ lines, bad, strays, now }: Observations): Finding {
  const broken = strays.find(({ kind }) => kind !== "unlabelled");
  if (broken !== undefined && broken.kind !== "unlabelled") {
    const count = strays.filter(({ kind }) => kind === broken.kind).length;
    const ago = duration(Math.max(0, now - broken.at) / 1000);
    const [what, next] = ON_THE_WAY[broken.kind];
    const are = count === 1 ? "is" : "are";
    const text = `${counted(count, "line")} ${are} ${what}, below ${selectorText(broken.labels)}, the newest of ${ago} ago.`;
    return failure("parse", text, next);
  }
  if (lines.length + bad.length === 0) return unknown("parse", "No line of ours to look at.", "See last_line.");
  if (bad.length === 0) return ok("parse", `All ${counted(lines.length, "line")} looked at can be read.`);
  const reasons = new Map<string, number>();
  for (const { reason } of bad) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const told = [...reasons].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `${count} × ${reason}`);
  const text = `${bad.length} of ${lines.length + bad.length} lines cannot be read: ${listed(told, 3)}.`;
  const isCut = bad.some(({ kind }) => kind === "cut" || kind === "oversized");
  return failure(
    "parse",
    text,
    isCut ? ON_THE_WAY.cut[1] : "See who writes them: `dunetrace check FILE` names each line and its fault.",
  );
}

/** No prompts, answers or arguments are in Loki. */
export function rawContent({ lines }: Observations): Finding {
  if (lines.length === 0) return unknown("raw_content", "No line of ours to look at.", "See last_line.");
  const raw = lines.filter(({ line }) => line.raw === true);
  if (raw.length === 0) return ok("raw_content", "No raw text on the lines.");
  const agents = [...new Set(raw.map(({ line }) => line.agent_id))];
  return warning(
    "raw_content",
    `Raw text is on ${counted(raw.length, "line")} of ${listed(agents, 3)}: prompts, answers or arguments are readable in Loki.`,
    "Set capture to hash where it is full; send Python 0.4 and later through the collector, or use Python 0.3.21, which hashes in process.",
  );
}

/** Components of traces that nothing tells about: they draw in timelines, and count for nothing. */
export function unclassified({ lines }: Observations): Finding {
  const names = new Map<string, number>();
  for (const { line } of lines) {
    if (line.event_type !== "span.ended" || "unknown" in line) continue;
    const { name, kind = "unknown", attrs } = line.payload;
    if (kind !== "unknown") continue;
    const type = typeof attrs?.type === "string" ? attrs.type : name;
    names.set(type, (names.get(type) ?? 0) + 1);
  }
  if (lines.length === 0) return unknown("components", "No line of ours to look at.", "See last_line.");
  if (names.size === 0) return ok("components", "Every component of a trace is known for what it is.");
  const commonest = [...names].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  return warning(
    "components",
    `${counted(names.size, "component")} ${names.size === 1 ? "is" : "are"} not known and ${names.size === 1 ? "counts" : "count"} for nothing: ${listed(commonest, 5)}.`,
    CLASSIFY,
  );
}
