import { SEVERITIES } from "../../core/wire";
import { t } from "../text";
import type { Bar } from "./bars";
import type { ChartMarker } from "./markerPlaces";

/** A bar in words: "14:00 to 14:30: 3 signals (1 HIGH, 2 MEDIUM); research-agent 3f2a91bc". */
export function barText(bar: Bar, markers: readonly ChartMarker[], format: (at: number) => string): string {
  const time = t("charts.span", "{{from}} to {{to}}", { from: format(bar.from), to: format(bar.to) });
  const parts = SEVERITIES.toReversed()
    .filter((severity) => bar.counts[severity] > 0)
    .map((severity) => `${bar.counts[severity]} ${severity}`);
  const found =
    parts.length === 0
      ? t("charts.barEmpty", "{{time}}: no signals", { time })
      : t("charts.bar", "{{time}}: {{signals}} ({{parts}})", {
          time,
          signals: signalsText(bar.total),
          parts: parts.join(", "),
        });
  return [found, ...markers.map(({ label }) => label)].join("; ");
}

/** "1 signal", "3 signals". */
export function signalsText(count: number): string {
  return count === 1 ? t("charts.oneSignal", "1 signal") : t("charts.signals", "{{count}} signals", { count });
}
