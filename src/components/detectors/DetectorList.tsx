import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Tooltip, useStyles2, useTheme2 } from "@grafana/ui";
import { type Detector, detectorOf } from "../../core/detectors";
import { NO_DATA, percent } from "../../core/words";
import type { AnswerOf, TimeSpan } from "../../logql/ask";
import { Sparkline } from "../charts";
import { valuesOf } from "../charts/bars";
import { SeverityMark, severityColours } from "../severity";
import { type Column, DataTable } from "../table";
import { t } from "../text";
import { ViewLink } from "../values";
import { needsOf } from "./needs";

type Answer = AnswerOf<"detectors">;

interface Row {
  readonly detector: Detector;
  readonly shadow: boolean;
  readonly fired: number | undefined;
  readonly share: number | undefined;
  readonly points: readonly number[];
}

/** The CSS variable that limits the height of the list. */
export const LIST_HEIGHT = "--detector-list-height";

/** All detectors, with what each finds in the history. */
export function DetectorList(props: {
  readonly data: Answer;
  /** The time of the data. */
  readonly span: TimeSpan;
  readonly selected: Detector;
  readonly hrefOf: (detector: Detector) => string;
}) {
  const { data, span, selected, hrefOf } = props;
  const styles = useStyles2(stylesOf);
  return (
    <DataTable
      label={t("detectors.list", "Detectors")}
      rows={rowsOf(data, span)}
      columns={columns()}
      keyOf={({ detector }) => detector.type}
      href={({ detector }) => hrefOf(detector)}
      look={({ detector }) => ({ current: detector === selected })}
      maxHeight={`var(${LIST_HEIGHT}, none)`}
      footer={
        <span className={styles.quiet}>
          {t("detectors.judged", "Shares are of {{runs}} finished runs with facts.", {
            runs: data.judged.toLocaleString("en-US"),
          })}
        </span>
      }
    />
  );
}

/** Points of a sparkline. */
const POINTS = 24;

/** The length of time between two points of a sparkline, ms. */
export const stepOf = ({ from, to }: TimeSpan): number => Math.max(1000, Math.ceil((to - from) / POINTS));

function rowsOf({ judged, detectors, settings }: Answer, span: TimeSpan): readonly Row[] {
  return detectors.map(({ failure_type, fired, points }) => ({
    detector: detectorOf(failure_type),
    shadow: settings[failure_type].shadow,
    fired,
    share: fired === undefined || judged === 0 ? undefined : fired / judged,
    points: valuesOf(points, span, stepOf(span)),
  }));
}

function columns(): readonly Column<Row>[] {
  return [
    {
      id: "detector",
      title: t("detectors.column.detector", "Detector"),
      cell: (row) => <Name {...row} />,
      width: 200,
      grow: 1,
      opens: true,
      stacked: "head",
    },
    {
      id: "summary",
      title: t("detectors.column.summary", "Looks for"),
      cell: ({ detector }) => <span title={detector.summary}>{detector.summary}</span>,
      width: 160,
      grow: 3,
      priority: 3,
      stacked: "hidden",
    },
    {
      id: "fires",
      title: t("detectors.column.fires", "Fires"),
      cell: (row) => <Fires {...row} />,
      align: "right",
      width: 56,
    },
    {
      id: "share",
      title: t("detectors.column.share", "Share"),
      cell: ({ share }) => (share === undefined ? "" : percent(share)),
      align: "right",
      width: 56,
      priority: 1,
    },
    {
      id: "points",
      title: t("detectors.column.points", "Signals over time"),
      cell: ({ points, detector }) =>
        points.length === 0 ? null : (
          <Sparkline
            points={points}
            label={t("detectors.points", "{{label}}: {{total}} signals, at most {{most}} at a time", {
              label: detector.label,
              total: points.reduce((sum, value) => sum + value, 0),
              most: Math.max(...points),
            })}
            width={112}
          />
        ),
      width: 116,
      priority: 2,
      stacked: "hidden",
    },
  ];
}

function Name({ detector, shadow }: Row) {
  const theme = useTheme2();
  const styles = useStyles2(stylesOf);
  const fill = shadow ? theme.colors.text.secondary : severityColours(theme, detector.top).fill;
  return (
    <span className={styles.name} title={t("detectors.top", "{{severity}} at worst", { severity: detector.top })}>
      <SeverityMark severity={detector.top} fill={fill} />
      <span className={styles.label}>{detector.label}</span>
      {shadow && <span className={styles.shadow}>{t("detectors.shadow", "shadow")}</span>}
    </span>
  );
}

function Fires({ detector, fired }: Row) {
  const styles = useStyles2(stylesOf);
  if (fired === undefined) {
    const needs = needsOf(detector);
    const why =
      needs === undefined
        ? t("detectors.noFacts", "No finished run has facts to judge it by.")
        : t("detectors.noRunHas", "No run has what it needs: {{needs}}.", { needs });
    return (
      <Tooltip content={why}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason is told on focus too */}
        <span className={styles.shadow} tabIndex={0}>
          {NO_DATA}
        </span>
      </Tooltip>
    );
  }
  if (fired === 0) return <>0</>;
  return <ViewLink to={{ page: "signals", params: { type: detector.type } }}>{fired.toLocaleString("en-US")}</ViewLink>;
}

const stylesOf = (theme: GrafanaTheme2) => ({
  name: css({ display: "flex", alignItems: "center", gap: theme.spacing(1), minWidth: 0 }),
  label: css({ overflow: "hidden", textOverflow: "ellipsis" }),
  quiet: css({ color: theme.colors.text.secondary }),
  shadow: css({ color: theme.colors.text.secondary, fontStyle: "italic" }),
});
