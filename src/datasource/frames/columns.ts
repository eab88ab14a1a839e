import { t } from "../../components/text";
import type { RunStatus } from "../../core/run";
import type { Severity } from "../../core/wire";
import type { Shown } from "./frame";

/** Colours of Grafana's palette for severities: the scale of all views. */
export const SEVERITY_COLOURS: Readonly<Record<Severity, string>> = {
  CRITICAL: "red",
  HIGH: "orange",
  MEDIUM: "yellow",
  LOW: "light-blue",
};

export function severityShown(): Readonly<Record<Severity, Shown>> {
  return {
    CRITICAL: { text: "◆ CRITICAL", colour: SEVERITY_COLOURS.CRITICAL },
    HIGH: { text: "● HIGH", colour: SEVERITY_COLOURS.HIGH },
    MEDIUM: { text: "○ MEDIUM", colour: SEVERITY_COLOURS.MEDIUM },
    LOW: { text: "□ LOW", colour: SEVERITY_COLOURS.LOW },
  };
}

export function statusShown(): Readonly<Record<RunStatus, Shown>> {
  return {
    completed: { text: t("datasource.status.completed", "✓ completed"), colour: "green" },
    errored: { text: t("datasource.status.errored", "✕ failed"), colour: "red" },
    stalled: { text: t("datasource.status.stalled", "‖ stalled"), colour: "orange" },
    running: { text: t("datasource.status.running", "▸ running"), colour: "blue" },
  };
}

/** µs as the ms of a time field. */
export const timeMs = (micros: number | undefined): number | undefined =>
  micros === undefined ? undefined : Math.floor(micros / 1000);
