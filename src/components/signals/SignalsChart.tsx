import { dateTime } from "@grafana/data";
import type { IdentityFilter } from "../../logql/builders";
import { barsOf, type ChartMarker, StackedBars } from "../charts";
import { useTimeRange } from "../environment";
import { Failed, Loading } from "../states";
import { t } from "../text";
import { markerLabel } from "./markerLabel";
import { useAskOnNews } from "./useAskOnNews";
import type { RateOverTime } from "./useSignalRate";

export interface SignalsChartProps {
  readonly rate: RateOverTime;
  readonly agents: IdentityFilter["agents"];
  readonly news: string;
  /** The page says already that nothing can be read. */
  readonly isFailing: boolean;
}

const HEIGHT = 230;

/** Signals over time by severity, and what was deployed meanwhile. */
export function SignalsChart({ rate, agents, news, isFailing }: SignalsChartProps) {
  const { set } = useTimeRange();
  const deploys = useAskOnNews("markers", (range) => ({ range, agents }), news);
  const markers = (deploys.data?.markers ?? []).map(
    (marker): ChartMarker => ({ at: marker.at, label: markerLabel(marker) }),
  );
  const { asked, span, stepMs, width, ref } = rate;
  return (
    <div ref={ref}>
      {asked.data !== undefined && span !== undefined ? (
        <StackedBars
          label={t("signals.overTime", "Signals over time")}
          bars={barsOf(asked.data.series, span, stepMs)}
          markers={markers}
          width={width}
          height={HEIGHT}
          onSelect={({ from, to }) => set({ from: dateTime(from), to: dateTime(to) })}
        />
      ) : asked.error === undefined || isFailing ? (
        <Loading rows={1} height={HEIGHT + 24} />
      ) : (
        <Failed what={t("signals.theRate", "The signals over time")} error={asked.error} again={asked.again} />
      )}
    </div>
  );
}
