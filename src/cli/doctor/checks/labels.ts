import { counted } from "../../../core/detectors/words";
import type { Labels } from "../../../logql/api";
import { type Finding, failure, ok, unknown, warning } from "../finding";
import type { Observations } from "../observations";

/** What every stream of ours is told apart by. */
const OURS = ["agent_id", "event_type"] as const;
/** One stream per run, or per line: this fills Loki's index. */
const PER_RUN = ["run_id", "trace_id", "span_id", "session_id", "step_index", "seq", "ts"] as const;
/** Multiply the streams by the number of places the agents run in. */
const PER_PLACE = [
  "pod",
  "container",
  "container_id",
  "container_name",
  "filename",
  "host",
  "hostname",
  "instance",
  "node",
  "stream",
  "level",
] as const;

/** The shipper sets agent_id and event_type as labels, and nothing that multiplies streams. */
export function labels({ lines, strays, strayError }: Observations): Finding {
  // What was written before the shipper was mended does not matter.
  const newest = new Map<string, number>();
  for (const { line, stored } of lines) if (!newest.has(line.agent_id)) newest.set(line.agent_id, stored);
  const stray = strays.find((one) => one.kind === "unlabelled" && one.at > (newest.get(one.agent_id) ?? 0));
  if (stray !== undefined) {
    return failure(
      "labels",
      `Lines of ours are in Loki without the labels ${OURS.join(" and ")}: ${selectorText(stray.labels)}.`,
      "Use the pipeline of promtail/ or alloy/: its json and labels stages set them.",
    );
  }
  if (lines.length === 0 && strayError !== undefined) {
    const why = strayError.text ?? strayError.message;
    const text = `No line of ours has the label agent_id; whether there are others is not known: ${why}.`;
    return unknown("labels", text, "See that the shipper sets the labels, as in promtail/ and alloy/.");
  }
  if (lines.length === 0) return unknown("labels", "No line of ours to look at.", "See last_line.");
  const names = new Set(lines.flatMap((line) => Object.keys(line.labels)));
  const perRun = PER_RUN.filter((name) => names.has(name));
  if (perRun.length > 0) {
    return failure(
      "labels",
      `${perRun.join(", ")} ${perRun.length === 1 ? "is a label" : "are labels"}, which makes a stream per run.`,
      "Take it out of the labels stage of the shipper; structured metadata may carry run_id.",
    );
  }
  const perPlace = PER_PLACE.filter((name) => names.has(name));
  if (perPlace.length > 0) {
    return warning(
      "labels",
      `${perPlace.join(", ")} ${perPlace.length === 1 ? "is a label" : "are labels"}, which multiplies the streams by the places the agents run in.`,
      `Drop ${perPlace.length === 1 ? "it" : "them"} in the shipper: labeldrop in Promtail, stage.label_drop in Alloy.`,
    );
  }
  const streams = new Set(lines.map((line) => JSON.stringify(Object.entries(line.labels).sort())));
  return ok(
    "labels",
    `Lines carry ${[...names].sort().join(", ")}; ${counted(streams.size, "stream")} among the newest lines.`,
  );
}

/** Labels as a selector shows them. */
export function selectorText(labels: Labels): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(", ")}}`;
}
