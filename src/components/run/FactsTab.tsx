import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { useMemo } from "react";
import { detectorOf } from "../../core/detectors";
import { detectorStates } from "../../core/judging";
import type { RunDetails } from "../../logql/ask";
import { Empty } from "../states";
import { t } from "../text";
import { DetectorItem } from "./DetectorItem";
import { finder } from "./find";

const ORDER = ["fired", "no data", "clear"] as const;

/** Every detector: fired, no data and what was missing, or clear; what it observed against its limits. */
export function FactsTab({ details, find }: { readonly details: RunDetails; readonly find: string }) {
  const styles = useStyles2(stylesOf);
  const states = useMemo(() => {
    const matches = finder(find);
    return detectorStates(details)
      .filter(({ failure_type, state, observed }) => {
        const { label, summary } = detectorOf(failure_type);
        return matches(`${failure_type} ${label} ${summary} ${state} ${Object.keys(observed).join(" ")}`);
      })
      .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  }, [details, find]);
  const count = (wanted: (typeof ORDER)[number]): number => states.filter(({ state }) => state === wanted).length;
  if (states.length === 0) return <Empty title={t("run.noDetectorFound", "No detector matches")} icon="search" />;
  return (
    <>
      <p className={styles.count}>
        {t(
          "run.detectorCounts",
          "{{fired}} fired, {{clear}} clear, {{unknown}} without data. Observed values stand before their limits, underlined where past them.",
          {
            fired: count("fired"),
            clear: count("clear"),
            unknown: count("no data"),
          },
        )}
      </p>
      <ul className={styles.list}>
        {states.map((state) => (
          <DetectorItem key={state.failure_type} state={state} details={details} />
        ))}
      </ul>
    </>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  count: css({ color: theme.colors.text.secondary, margin: theme.spacing(0, 0, 0.5) }),
  list: css({ listStyle: "none", margin: 0, padding: 0 }),
});
