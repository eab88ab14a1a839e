import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Badge, Button, useStyles2 } from "@grafana/ui";
import type { Detector, DetectorSettings } from "../../core/detectors";
import type { AnswerOf } from "../../logql/ask";
import { useParams } from "../environment";
import { SeverityBadge } from "../severity";
import { t } from "../text";
import { canAlert } from "./canAlert";
import { needsOf } from "./needs";
import type { Selection } from "./useSelection";
import { useWhatIf } from "./useWhatIf";
import { WhatIf } from "./WhatIf";
import { WhatIfQuery } from "./WhatIfQuery";
import { FEW, MANY, WhatIfRuns } from "./WhatIfRuns";

export interface DetectorDetailProps {
  readonly selection: Selection;
  readonly data: AnswerOf<"detectors">;
}

/** One detector: what it looks for, and what other thresholds would have found in the history. */
export function DetectorDetail({ selection, data }: DetectorDetailProps) {
  const styles = useStyles2(stylesOf);
  const [params] = useParams();
  const { detector, setting, changes } = selection;
  const { settings } = data;
  const inUse = settings[detector.type].thresholds;
  const tried = { ...inUse, ...changes[detector.type] };
  const most = params.list === "all" ? MANY : FEW;
  const whatIfs = useWhatIf(detector, setting, inUse, tried, most);
  const shadow = settings[detector.type].shadow;
  const isChanged = Object.keys(changes[detector.type] ?? {}).length > 0;
  return (
    <section className={styles.box} aria-labelledby="detector-title">
      <header className={styles.head}>
        <SeverityBadge severity={detector.top} shadow={shadow} />
        <h2 id="detector-title" className={styles.title}>
          {detector.label}
        </h2>
        <AlertBadge detector={detector} settings={settings} />
      </header>
      <p className={styles.summary}>{detector.summary}</p>
      {shadow && (
        <p className={styles.quiet}>
          {t("detectors.shadowMeans", "In shadow: its signals are recorded, but neither counted nor alerted.")}
        </p>
      )}
      <Needs detector={detector} data={data} />
      {Object.keys(inUse).length === 0 && (
        <p className={styles.quiet}>
          {t("detectors.noThreshold", "It has no threshold: it fires on every run in which this happens.")}
        </p>
      )}
      <WhatIf selection={selection} settings={settings} tried={tried} whatIfs={whatIfs} />
      {isChanged && (
        <div>
          <Button variant="secondary" size="sm" icon="history" onClick={selection.reset}>
            {t("detectors.reset", "Back to the thresholds in use")}
          </Button>
        </div>
      )}
      <WhatIfRuns detector={detector} setting={setting} tried={tried} isChanged={isChanged} whatIfs={whatIfs} />
      <WhatIfQuery whatIfs={whatIfs} tried={setting === undefined ? undefined : tried[setting]} />
    </section>
  );
}

/** Why there may be no answer: what the detector needs and no run has. */
function Needs({ detector, data }: { readonly detector: Detector; readonly data: AnswerOf<"detectors"> }) {
  const styles = useStyles2(stylesOf);
  const needs = needsOf(detector);
  if (needs === undefined) return null;
  const isMissing = data.detectors.find(({ failure_type }) => failure_type === detector.type)?.fired === undefined;
  return (
    <p className={styles.quiet}>
      {isMissing
        ? t("detectors.missing", "No data: it needs {{needs}}, and no run of this time has it.", { needs })
        : t("detectors.needs", "It judges only runs that have {{needs}}; all others are no data.", { needs })}
    </p>
  );
}

function AlertBadge({ detector, settings }: { readonly detector: Detector; readonly settings: DetectorSettings }) {
  if (settings[detector.type].shadow || !canAlert(detector)) return null;
  return (
    <Badge
      color="darkgrey"
      icon="bell"
      text={t("detectors.alerting", "alerting")}
      tooltip={t("detectors.alertingWhy", "The exported alert rules have one for it, from severity HIGH on.")}
    />
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  box: css({
    display: "flex",
    flexDirection: "column",
    gap: theme.spacing(1.5),
    minWidth: 0,
    padding: theme.spacing(2),
    background: theme.colors.background.primary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  head: css({ display: "flex", flexWrap: "wrap", alignItems: "center", gap: theme.spacing(1) }),
  title: css({ ...theme.typography.h4, margin: 0, flex: "1 1 auto" }),
  summary: css({ margin: 0, maxWidth: "70ch" }),
  quiet: css({ margin: 0, color: theme.colors.text.secondary, maxWidth: "70ch" }),
});
