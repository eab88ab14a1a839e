import { css } from "@emotion/css";
import { dateTime, type GrafanaTheme2, type TimeRange } from "@grafana/data";
import { TimeRangePicker, useStyles2 } from "@grafana/ui";
import type { ReactNode } from "react";
import { useEnvironment, useParams, useTimeRange } from "../environment";
import { Refresh } from "./Refresh";

export interface ToolbarProps {
  readonly title: ReactNode;
  /** Filters and buttons of the view, between title and time picker. */
  readonly children?: ReactNode;
  /** Asks again now. */
  readonly onRefresh: () => void;
  readonly busy?: boolean;
}

/** The head of a view: title, filters, Grafana's time picker and refresh. */
export function Toolbar({ title, children, onRefresh, busy = false }: ToolbarProps) {
  const styles = useStyles2(stylesOf);
  const { timeZone } = useEnvironment();
  const [, change] = useParams();
  const { value, set } = useTimeRange();
  const move = (direction: -1 | 1): void => {
    const half = (value.to.valueOf() - value.from.valueOf()) / 2;
    setMs(set, value.from.valueOf() + direction * half, value.to.valueOf() + direction * half);
  };
  const zoom = (): void => {
    const half = (value.to.valueOf() - value.from.valueOf()) / 2;
    setMs(set, value.from.valueOf() - half, value.to.valueOf() + half);
  };
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>{title}</h1>
      <div className={styles.filters}>{children}</div>
      <div className={styles.time}>
        <TimeRangePicker
          value={value}
          timeZone={timeZone}
          onChange={(range: TimeRange) => set(range.raw)}
          onChangeTimeZone={(timezone) => change({ timezone })}
          onMoveBackward={() => move(-1)}
          onMoveForward={() => move(1)}
          onZoom={zoom}
          isOnCanvas
        />
        <Refresh onRefresh={onRefresh} busy={busy} />
      </div>
    </header>
  );
}

function setMs(set: (range: TimeRange["raw"]) => void, from: number, to: number): void {
  set({ from: dateTime(from), to: dateTime(to) });
}

const stylesOf = (theme: GrafanaTheme2) => ({
  bar: css({
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: theme.spacing(1),
    marginBottom: theme.spacing(2),
  }),
  title: css({ ...theme.typography.h3, margin: 0, overflowWrap: "anywhere" }),
  filters: css({ display: "flex", flexWrap: "wrap", gap: theme.spacing(1), flex: "1 1 auto" }),
  time: css({ display: "flex", gap: theme.spacing(1), flexWrap: "wrap" }),
});
