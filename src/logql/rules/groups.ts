import type { AlertRule } from "./alertRule";

/**
 * Groups of rules and how often they are evaluated, ms. 10 s is the least that Grafana takes. Rules on agents look back
 * over an hour or a day, which would be too dear every 10 s.
 */
export const GROUPS: readonly {
  readonly name: string;
  readonly group: AlertRule["group"];
  readonly intervalMs: number;
}[] = [
  { name: "dunetrace-signals", group: "signals", intervalMs: 10_000 },
  { name: "dunetrace-agents", group: "agents", intervalMs: 60_000 },
];
