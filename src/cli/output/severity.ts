import type { Severity } from "../../core/wire";
import type { Style } from "./style";

/** One symbol per severity: the shape says as much as the colour. */
export const SEVERITY_SYMBOLS: Readonly<Record<Severity, string>> = {
  CRITICAL: "◆",
  HIGH: "▲",
  MEDIUM: "●",
  LOW: "○",
};
const SHADOW_SYMBOL = "◌";

interface Severe {
  readonly severity: Severity;
  readonly shadow: boolean;
}

/** `▲ HIGH`, or `◌ HIGH shadow` of a signal that is only recorded. */
export function severityText({ severity, shadow }: Severe): string {
  return shadow ? `${SHADOW_SYMBOL} ${severity} shadow` : `${SEVERITY_SYMBOLS[severity]} ${severity}`;
}

/** The same in its colour. */
export function severityLabel(signal: Severe, style: Style): string {
  return style.severity[signal.shadow ? "shadow" : signal.severity](severityText(signal));
}
