import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Button, useStyles2, useTheme2 } from "@grafana/ui";
import { type ReactNode, useState } from "react";
import { duration } from "../../core/words";
import { t } from "../text";
import { kindColours } from "./colours";
import type { NestedRun } from "./signal";
import type { TimelineModel } from "./useTimeline";
import { scaleOf, type TimeWindow } from "./window";

/** More are shown when asked for. */
const FIRST = 12;
const HEIGHT = 30;

interface NestedRunsProps {
  readonly nested: readonly NestedRun[];
  readonly model: TimelineModel;
  readonly window: TimeWindow;
  readonly width: number;
  readonly onOpenRun: ((run_id: string) => void) | undefined;
  readonly row: (key: string, label: ReactNode, content: ReactNode) => ReactNode;
}

/** Runs started by this one, a row each, which opens the run. */
export function NestedRuns({ nested, model, window, width, onOpenRun, row }: NestedRunsProps) {
  const theme = useTheme2();
  const styles = useStyles2(stylesOf);
  const [all, setAll] = useState(false);
  const x = scaleOf(window, width);
  const shown = all ? nested : nested.slice(0, FIRST);
  return (
    <>
      {shown.map(({ run }) => {
        const start = (run.started_at - model.origin) / 1000;
        const took = run.duration_ms ?? model.length - start;
        const [from, to] = [Math.max(x(start), -4), Math.min(x(start + took), width + 4)];
        const failed = run.status === "errored";
        const label = t("timeline.nested.label", "{{agent}} · run {{id}}", {
          agent: run.agent_id,
          id: run.run_id.slice(0, 8),
        });
        const words = run.duration_ms === undefined ? run.status : `${run.status} · ${duration(run.duration_ms)}`;
        return row(
          `run ${run.run_id}`,
          <button
            type="button"
            className={styles.name}
            title={run.run_id}
            disabled={onOpenRun === undefined}
            onPointerDown={(event) => event.stopPropagation()}
            onClick={() => onOpenRun?.(run.run_id)}
          >
            ↳ {label}
          </button>,
          <svg width={width} height={HEIGHT} role="img" aria-label={`${label}, ${words}`} style={{ display: "block" }}>
            <rect
              x={from}
              y={7}
              width={Math.max(to - from, 2)}
              height={16}
              rx={2}
              fill={kindColours(theme, "span").fill}
              fillOpacity={0.55}
            />
            {failed && <rect x={from} y={7} width={4} height={16} fill={theme.colors.error.main} />}
            <text
              x={to + 160 < width ? to + 6 : Math.max(from, 0) + 8}
              y={15}
              dominantBaseline="central"
              fontSize={11}
              fill={failed ? theme.colors.error.text : theme.colors.text.primary}
            >
              {words}
            </text>
          </svg>,
        );
      })}
      {nested.length > shown.length && (
        <Button variant="secondary" fill="text" size="sm" onClick={() => setAll(true)}>
          {t("timeline.nested.more", "{{more}} more nested runs", { more: nested.length - shown.length })}
        </Button>
      )}
    </>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  name: css({
    padding: 0,
    border: "none",
    background: "none",
    color: theme.colors.text.link,
    fontSize: theme.typography.bodySmall.fontSize,
    textAlign: "left",
    minWidth: 0,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    "&:hover:enabled": { textDecoration: "underline" },
    "&:disabled": { color: theme.colors.text.primary },
    "&:focus-visible": { outline: `2px solid ${theme.colors.primary.main}` },
  }),
});
