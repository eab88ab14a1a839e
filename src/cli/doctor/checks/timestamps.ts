import { duration, listed } from "../../../core/detectors/words";
import { type Finding, failure, ok, unknown, warning } from "../finding";
import type { Observations, SeenLine } from "../observations";

/** Loki's clock is ours, give or take this, µs. */
const TOLERANCE = 2_000_000;

const writtenAt = ({ line }: SeenLine): number => line.written ?? line.time;

/** Loki files lines under their own `ts`. */
export function timestamps({ lines }: Observations): Finding {
  if (lines.length === 0) return unknown("timestamps", "No line of ours to look at.", "See last_line.");
  const other = lines.filter((seen) => seen.stored !== writtenAt(seen));
  if (other.length === 0) return ok("timestamps", "Loki files each line under its own ts.");
  const farthest = Math.max(...other.map((seen) => Math.abs(seen.stored - writtenAt(seen)))) / 1000;
  return failure(
    "timestamps",
    `${other.length} of ${lines.length} lines are filed under another time than their ts, up to ${duration(farthest)} away: what is sent twice is stored twice.`,
    "Give the shipper a timestamp stage on ts with the format RFC3339Nano, as in promtail/ and alloy/.",
  );
}

/** The producers' clocks are not ahead of this one. */
export function clockSkew({ lines, now }: Observations): Finding {
  if (lines.length === 0) return unknown("clock", "No line of ours to look at.", "See last_line.");
  const ahead = lines.filter((seen) => writtenAt(seen) > now + TOLERANCE);
  if (ahead.length === 0) return ok("clock", "No line is ahead of this clock.");
  const most = Math.max(...ahead.map(writtenAt));
  const agents = [...new Set(ahead.map(({ line }) => line.agent_id))];
  return warning(
    "clock",
    `${listed(agents, 3)} ${agents.length === 1 ? "is" : "are"} up to ${duration((most - now) / 1000)} ahead of this clock.`,
    "Synchronise the clocks (NTP): Loki refuses lines more than 10 min ahead of its own, and alerts look at the last minute.",
  );
}
