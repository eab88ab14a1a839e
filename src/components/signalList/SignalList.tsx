import { css } from "@emotion/css";
import type { GrafanaTheme2 } from "@grafana/data";
import { Button, useStyles2 } from "@grafana/ui";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState } from "react";
import type { FramedSignal } from "../frames/signalsFromFrames";
import { SignalCard } from "../signalCard";
import { t } from "../text";
import { AboutSignal } from "./AboutSignal";

export interface SignalListProps {
  readonly signals: readonly FramedSignal[];
  /** `apart`: below the others, on demand. */
  readonly shadow: "apart" | "hidden";
  readonly timeZone: string;
  /** Of everything, px. */
  readonly height: number;
}

const CARD_HEIGHT = 180;

/** Signals as cards, worst first; those that only shadow rules found are apart. Only the cards in sight exist. */
export function SignalList({ signals, shadow, timeZone, height }: SignalListProps) {
  const styles = useStyles2(stylesOf);
  const scroller = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const counted = signals.filter((signal) => !signal.shadow);
  const apart = shadow === "hidden" ? [] : signals.filter((signal) => signal.shadow);
  const rows = [...counted, ...(open ? apart : [])];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD_HEIGHT,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 4,
    gap: 8,
  });
  return (
    <div ref={scroller} className={styles.scroller} style={{ height }}>
      {counted.length === 0 && (
        <p className={styles.none}>{t("signalList.none", "No signal that counts in this time.")}</p>
      )}
      <div className={styles.list} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const signal = rows[index];
          if (signal === undefined) return null;
          return (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className={styles.item}
              style={{ transform: `translateY(${start}px)` }}
            >
              <SignalCard
                signal={signal}
                rate={signal.rate}
                about={<AboutSignal signal={signal} timeZone={timeZone} />}
              />
            </div>
          );
        })}
      </div>
      {apart.length > 0 && (
        <Button
          variant="secondary"
          fill="text"
          size="sm"
          icon={open ? "angle-up" : "angle-right"}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open
            ? t("signalList.hideShadow", "Hide shadow signals")
            : t("signalList.showShadow", "{{number}} shadow signals, recorded but not counted", {
                number: apart.length,
              })}
        </Button>
      )}
    </div>
  );
}

const stylesOf = (theme: GrafanaTheme2) => ({
  scroller: css({ overflowY: "auto", overflowX: "hidden" }),
  none: css({ color: theme.colors.text.secondary, margin: theme.spacing(1) }),
  list: css({ position: "relative" }),
  item: css({ position: "absolute", top: 0, left: 0, width: "100%" }),
});
