import { css } from "@emotion/css";
import { dateTime, type GrafanaTheme2 } from "@grafana/data";
import { useStyles2 } from "@grafana/ui";
import { useMemo } from "react";
import { detectorOf } from "../../core/detectors";
import { percent } from "../../core/words";
import type { AnswerOf } from "../../logql/ask";
import {
  barStep,
  barsOf,
  type ChartMarker,
  deployLabel,
  Sparkline,
  StackedBars,
  useChartTime,
  useWidth,
  wholeBars,
} from "../charts";
import { useAsk, useTimeRange } from "../environment";
import { listParam } from "../filters";
import { SeverityBadge } from "../severity";
import { AskView, Empty } from "../states";
import { t } from "../text";
import { ViewLink } from "../values";
import { linesByType, type TypeLine } from "./health";

export interface AgentTroubleProps {
  readonly agent_id: string;
  /** Ended runs of the time, for shares; undefined until they are known. */
  readonly ended: number | undefined;
  readonly markers: AnswerOf<"markers">["markers"];
}

/** What went wrong with an agent over time, by severity and by failure type, with deploys and fixes. */
export function AgentTrouble({ agent_id, ended, markers }: AgentTroubleProps) {
  const [ref, width] = useWidth();
  const { value, set } = useTimeRange();
  const { offsetMs } = useChartTime();
  const shown = { from: value.from.valueOf(), to: value.to.valueOf() };
  const stepMs = barStep(shown, width);
  const offset = offsetMs(shown.from);
  const agents = useMemo(() => [agent_id], [agent_id]);
  const rate = useAsk("signalRate", (range) =>
    width === 0
      ? undefined
      : {
          range: wholeBars(range, stepMs, offset),
          filter: { agents, min_severity: "LOW" as const },
          by: ["failure_type" as const, "severity" as const],
          stepMs,
        },
  );
  return (
    <div ref={ref}>
      <AskView what={t("agent.trouble.what", "The signals")} asked={rate} rows={4}>
        {({ series }) => {
          const span = wholeBars(rate.span ?? shown, stepMs, offset);
          const lines = linesByType(series, span, stepMs);
          return (
            <>
              <StackedBars
                label={t("agent.trouble.overTime", "Signals over time")}
                bars={barsOf(series, span, stepMs)}
                markers={markers.map(markOf)}
                width={width}
                height={150}
                onSelect={({ from, to }) => set({ from: dateTime(from), to: dateTime(to) })}
              />
              {lines.length === 0 ? (
                <Empty icon="check-circle" title={t("agent.trouble.none", "No signal in this time range")} />
              ) : (
                <TypeLines {...{ agent_id, lines, ended, width }} />
              )}
            </>
          );
        }}
      </AskView>
    </div>
  );
}

/** `3f2a91bc`, or what was fixed. */
function markOf({ at, line }: AgentTroubleProps["markers"][number]): ChartMarker {
  if (line.event_type === "deploy.marker") return { at, label: deployLabel(line.payload) };
  const failure = detectorOf(line.payload.failure_type).label;
  return { at, label: t("agent.trouble.fixed", "fix: {{failure}}", { failure }) };
}

interface TypeLinesProps extends Pick<AgentTroubleProps, "agent_id" | "ended"> {
  readonly lines: readonly TypeLine[];
  /** px of the whole list. */
  readonly width: number;
}

/** What the other columns of the list take, px, and the least a line is drawn in. */
const OTHERS = 480;
const LEAST_LINE = 100;

function TypeLines({ agent_id, lines, ended, width }: TypeLinesProps) {
  const styles = useStyles2(stylesOf);
  return (
    <ul className={styles.list}>
      {lines.map(({ failure_type, severity, total, points }) => {
        const { label } = detectorOf(failure_type);
        const share = ended === undefined || ended === 0 ? undefined : percent(Math.min(1, total / ended));
        return (
          <li key={failure_type} className={styles.line}>
            <SeverityBadge severity={severity} />
            <ViewLink
              className={styles.name}
              to={{ page: "signals", params: { agent: listParam([agent_id]), type: listParam([failure_type]) } }}
            >
              {label}
            </ViewLink>
            <Sparkline
              points={points}
              width={Math.max(LEAST_LINE, width - OTHERS)}
              label={t("agent.trouble.line", "{{label}} over time: {{total}}", { label, total })}
            />
            <span className={styles.number}>{total}</span>
            <span className={styles.share}>
              {share !== undefined && t("agent.trouble.share", "{{share}} of runs", { share })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: "none", margin: theme.spacing(1, 0, 0), padding: 0, fontVariantNumeric: "tabular-nums" }),
  line: css({
    display: "grid",
    gridTemplateColumns: "6.5em minmax(0, 1fr) 3em 8em",
    alignItems: "center",
    columnGap: theme.spacing(1),
    borderTop: `1px solid ${theme.colors.border.weak}`,
    padding: theme.spacing(0.25, 0),
    "& > svg": { display: "none" },
    [theme.breakpoints.up("md")]: {
      gridTemplateColumns: "6.5em 13em minmax(0, 1fr) 3em 8em",
      "& > svg": { display: "block" },
    },
  }),
  name: css({ minWidth: 0 }),
  number: css({ textAlign: "right" }),
  share: css({ textAlign: "right", color: theme.colors.text.secondary }),
});
