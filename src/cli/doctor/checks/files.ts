import { counted, duration, listed } from "../../../core/detectors/words";
import { type Finding, failure, ok, unknown } from "../finding";
import type { Observations } from "../observations";

/** What agents wrote into files has arrived. */
export function shipping({ files, now }: Observations): Finding {
  if (files.length === 0) {
    return unknown("shipping", "Not measured: no file of an agent was named.", "Name one: dunetrace doctor FILE.");
  }
  const empty = files.filter((file) => file.newest === undefined);
  if (empty.length > 0) {
    return failure(
      "shipping",
      `${listed(empty.map(({ name }) => name))} holds no line that can be read.`,
      "See that the agent writes there: its option `file`, or stdout redirected to it.",
    );
  }
  const late = files.filter((file) => file.missing > 0);
  const first = late[0];
  if (first?.newest === undefined) {
    const looked = files.reduce((sum, file) => sum + file.looked, 0);
    return ok("shipping", `The last ${counted(looked, "line")} of ${listed(files.map(({ name }) => name))} arrived.`);
  }
  const { line } = first.newest;
  const age = duration(Math.max(0, now - (line.written ?? line.time)) / 1000);
  return failure(
    "shipping",
    `${first.missing} of the last ${counted(first.looked, "line")} of ${first.name} ${first.missing === 1 ? "is" : "are"} not in Loki; the newest was written ${age} ago.`,
    "Look at the shipper: is it up, does its __path__ match the file, can it reach Loki, does its log name refused batches?",
  );
}
