import type { Severity } from "../../core/wire";
import type { LogqlText } from "../api";

/** One alert rule, in no format yet. */
export interface AlertRule {
  /** Of letters, digits and hyphens, at most 40 characters; the same from version to version. */
  readonly id: string;
  /** For people, in the case of a sentence. */
  readonly title: string;
  /** `signals` are evaluated every 10 s, `agents` every minute: they look back over hours. */
  readonly group: "signals" | "agents";
  /** Its series are the instances: what has a series fires. */
  readonly expr: LogqlText;
  /** Labels that all instances have. */
  readonly labels: Readonly<Record<string, string>>;
  readonly text: AlertText;
}

/** What the annotations say; all but `told` are Go templates that Grafana and Loki's ruler both know. */
export interface AlertText {
  readonly summary: string;
  readonly title: string;
  /** What the alert rests on, first of all. */
  readonly evidence: string;
  /** The page the alert leads to. */
  readonly page: "run" | "agent";
  /** Where title and evidence of the signal itself are; the texts above stand in where they are not found. */
  readonly told?: { readonly query: LogqlText; readonly format: string } | undefined;
}

/** What the rules are made for. */
export interface RuleOptions {
  readonly least: Severity;
  /** Address of Grafana without a slash at its end; undefined: the one that evaluates the rules knows it. */
  readonly grafanaUrl: string | undefined;
  /** uid of Grafana's Loki datasource. */
  readonly datasource: string;
  readonly quietAfterMs: number;
  readonly stalledAfterMs: number;
}
