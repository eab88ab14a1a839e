import { counted, duration, listed } from "../../../core/detectors/words";
import { type Finding, failure, ok, unknown } from "../finding";
import type { Observations, WatchedFile } from "../observations";

/** Loki refuses lines further ahead of its clock, µs: `creation_grace_period`. */
const TOO_FAR_AHEAD = 600_000_000;
/** Loki refuses older lines, µs: `reject_old_samples_max_age`. */
const TOO_OLD = 604_800_000_000;

/** What agents wrote into files has arrived. */
export function shipping(seen: Observations): Finding {
  const { files, lines, strays, now } = seen;
  if (files.length === 0) {
    return unknown("shipping", "Not measured: no file of an agent was named.", "Name one: dunetrace doctor FILE.");
  }
  const empty = files.filter((file) => file.newest === undefined);
  if (empty.length > 0) {
    const names = empty.map(({ name }) => name);
    return failure(
      "shipping",
      `${listed(names, 3)} ${names.length === 1 ? "holds" : "hold"} no line that can be read.`,
      "See that the agent writes there: its option `file`, or stdout redirected to it.",
    );
  }
  const late = files.find((file) => file.missing > 0);
  const unanswered = files.find((file) => file.error !== undefined);
  if (late === undefined && unanswered?.error !== undefined) {
    const why = unanswered.error.text ?? unanswered.error.message;
    const text = `Whether the lines of ${unanswered.name} arrived is not known: ${why}.`;
    return unknown("shipping", text, "Ask again; when it stays so, see the log of Loki.");
  }
  if (late === undefined) {
    const looked = files.reduce((sum, file) => sum + file.looked, 0);
    const names = files.map(({ name }) => name);
    return ok("shipping", `The last ${counted(looked, "line")} of ${listed(names, 3)} arrived; ${lagOf(files)}.`);
  }
  if (lines.length === 0 && strays.length > 0) {
    const next = strays[0]?.kind === "unlabelled" ? "See labels." : "See parse.";
    return unknown("shipping", `Lines of ${late.name} cannot be found in Loki by their labels.`, next);
  }
  const are = late.missing === 1 ? "is" : "are";
  const what = `${late.missing} of the last ${counted(late.looked, "line")} of ${late.name} ${are} not in Loki`;
  return failure("shipping", `${what}; the newest was written ${agoOf(late, now)}.`, nextStep(late, now));
}

function lagOf(files: readonly WatchedFile[]): string {
  const lags = files.flatMap(({ lagMs }) => (lagMs === undefined ? [] : [lagMs]));
  if (lags.length === 0) return "lag not measured: nothing was written meanwhile";
  return `the newest was found ${duration(Math.max(...lags))} after it was written`;
}

const ageOf = ({ newest }: WatchedFile, now: number): number =>
  newest === undefined ? 0 : now - (newest.written ?? newest.time);

function agoOf(file: WatchedFile, now: number): string {
  const age = ageOf(file, now);
  return age < 0 ? `${duration(-age / 1000)} ahead of this clock` : `${duration(age / 1000)} ago`;
}

function nextStep(file: WatchedFile, now: number): string {
  const age = ageOf(file, now);
  if (-age > TOO_FAR_AHEAD) return "Set the clock of the agent: Loki refuses lines more than 10 min ahead of its own.";
  if (age > TOO_OLD)
    return "Loki refuses lines older than a week: see reject_old_samples_max_age in its limits_config.";
  return "Look at the shipper: is it up, does its __path__ match the file, can it reach Loki, does its log name refused batches?";
}
