import { counted, duration } from "../../../core/detectors/words";
import { type Finding, failure, ok, unknown, warning } from "../finding";
import { NEWEST_LINES } from "../newestLines";
import type { Observations } from "../observations";

/** Without a line for so long something between agent and Loki may have stopped, ms. */
const QUIET_MS = 15 * 60_000;

/** Lines of ours are there, and the newest is recent. */
export function lastLine({ now, lines, agents, sinceMs, strays, limits }: Observations): Finding {
  const newest = lines[0];
  if (newest === undefined) {
    const [stray] = strays;
    if (stray !== undefined) {
      const next = stray.kind === "unlabelled" ? "See labels." : "See parse.";
      return unknown("last_line", "Lines of ours are in Loki, but cannot be found by their labels.", next);
    }
    if (limits.some(({ question }) => question === NEWEST_LINES))
      return unknown("last_line", "Loki lets no line be looked at.", "See limits.");
    return failure(
      "last_line",
      `No line of ours in the last ${duration(sinceMs)}.`,
      "See that the agent writes lines (emitAsJson or a file), that the shipper reads them and reaches Loki, and that the shipper and --tenant name the same tenant; --since looks further back.",
    );
  }
  const age = Math.max(0, (now - newest.stored) / 1000);
  const begin = agents === undefined ? "The" : `${counted(agents.length, "agent")}; the`;
  const whose = `${begin} newest line, of ${newest.line.agent_id}, is ${duration(age)} old`;
  if (age > QUIET_MS) {
    return warning(
      "last_line",
      `${whose}.`,
      "Fine if no agent ran since. Else look at the shipper: is it up, does it read the file, does it log errors?",
    );
  }
  return ok("last_line", `${whose}.`);
}
