import type { RunAnswer, RunDetails } from "../../logql/ask";
import { t } from "../text";

/** What makes the rest of the page less than certain. */
export interface Caution {
  readonly id: "cut" | "missing" | "dropped" | "differ" | "raw" | "unreadable";
  readonly text: string;
}

/** Everything a reader must know before trusting the page, worst first. */
export function cautionsOf(
  { run, unreadable }: Pick<RunDetails, "run" | "unreadable">,
  cut: RunAnswer["cut"],
): readonly Caution[] {
  const { missing_lines, raw_content, facts_differ, recorded } = run;
  const dropped = recorded?.dropped_events ?? 0;
  const lines = run.lines.length.toLocaleString("en-US");
  const all: readonly (Caution | false)[] = [
    cut?.reason === "lines" && {
      id: "cut",
      text: t(
        "run.cutLines",
        "The run has more lines than are read at once: the first {{lines}} are shown, later ones are left out of everything below.",
        { lines },
      ),
    },
    cut?.reason === "instant" && {
      id: "cut",
      text: t(
        "run.cutInstant",
        "More lines share one nanosecond than Loki hands out: some of them are left out of everything below.",
      ),
    },
    missing_lines > 0 && {
      id: "missing",
      text:
        missing_lines === 1
          ? t("run.missingLine", "1 line of this run is missing: it was lost on the way to Loki.")
          : t("run.missingLines", "{{count}} lines of this run are missing: they were lost on the way to Loki.", {
              count: missing_lines,
            }),
    },
    dropped > 0 && {
      id: "dropped",
      text: t("run.dropped", "The producer dropped {{count}} events of this run before they were written.", {
        count: dropped,
      }),
    },
    unreadable > 0 && {
      id: "unreadable",
      text: t("run.unreadable", "{{count}} lines that name this run break the wire format and are left out.", {
        count: unreadable,
      }),
    },
    facts_differ.length > 0 &&
      recorded?.facts !== undefined && {
        id: "differ",
        text: t("run.factsDiffer", "Facts on the terminal line differ from the events: {{names}}.", {
          names: facts_differ.join(", "),
        }),
      },
    raw_content && {
      id: "raw",
      text: t(
        "run.raw",
        "Raw content was seen in the lines of this run; it is not shown. Check what the producer captures.",
      ),
    },
  ];
  return all.filter((caution) => caution !== false);
}
