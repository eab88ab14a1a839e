import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { InlineSwitch, RadioButtonGroup, useStyles2 } from "@grafana/ui";
import { useId } from "react";
import type { SignalItem, VerdictMode } from "../../logql/ask";
import { signalsText } from "../charts";
import { useParams } from "../environment";
import { useFilterLink, useFilters } from "../filters";
import { t } from "../text";
import { ViewLink } from "../values";
import type { SignalsParams } from "./params";

export interface ListControlsProps {
  readonly view: SignalsParams;
  /** On screen; undefined until they are known. */
  readonly signals: readonly SignalItem[] | undefined;
  readonly more: boolean;
}

/** How the list is shown: grouped or flat, whose verdicts, shadow signals; how many there are, and their runs. */
export function ListControls({ view, signals, more }: ListControlsProps) {
  const styles = useStyles2(stylesOf);
  const [, change] = useParams();
  const { shadow, min_severity } = useFilters();
  const to = useFilterLink();
  const id = useId();
  return (
    <div className={styles.bar}>
      <RadioButtonGroup
        aria-label={t("signals.grouping", "Grouping")}
        size="sm"
        value={view.isGrouped ? "grouped" : "flat"}
        options={[
          { value: "grouped", label: t("signals.grouped", "Grouped") },
          { value: "flat", label: t("signals.flat", "Each signal") },
        ]}
        onChange={(value) => change({ view: value === "flat" ? value : undefined, open: undefined })}
      />
      <RadioButtonGroup<VerdictMode>
        aria-label={t("signals.mode", "Verdicts")}
        size="sm"
        value={view.mode}
        options={[
          {
            value: "auto",
            label: t("signals.auto", "Auto"),
            description: t("signals.autoWhy", "Recorded verdicts, computed ones where none are recorded"),
          },
          {
            value: "recorded",
            label: t("signals.recorded", "Recorded"),
            description: t("signals.recordedWhy", "What the producer said when the run ended"),
          },
          {
            value: "computed",
            label: t("signals.computed", "Computed"),
            description: t("signals.computedWhy", "What today's thresholds say of the recorded facts"),
          },
        ]}
        onChange={(mode) => change({ mode: mode === "auto" ? undefined : mode })}
      />
      <InlineSwitch
        id={`${id}differing`}
        showLabel
        transparent
        label={t("signals.onlyDiffering", "Only where they differ")}
        value={view.differing}
        onChange={({ currentTarget }) => change({ differing: currentTarget.checked ? "true" : undefined })}
      />
      <InlineSwitch
        id={`${id}shadow`}
        showLabel
        transparent
        label={t("signals.withShadow", "Shadow signals")}
        value={shadow}
        onChange={({ currentTarget }) => change({ shadow: currentTarget.checked ? "true" : undefined })}
      />
      <span className={styles.count}>
        {signals !== undefined && `${more ? "≥ " : ""}${signalsText(signals.length)}`}
        {signals !== undefined && signals.length > 0 && (
          <ViewLink to={to({ page: "runs", params: { severity: min_severity ?? "MEDIUM" } })}>
            {t("signals.theirRuns", "Show their runs")}
          </ViewLink>
        )}
      </span>
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  bar: css({ display: "flex", flexWrap: "wrap", alignItems: "center", gap: theme.spacing(1) }),
  count: css({
    display: "inline-flex",
    gap: theme.spacing(2),
    marginLeft: "auto",
    color: theme.colors.text.secondary,
    fontVariantNumeric: "tabular-nums",
  }),
});
