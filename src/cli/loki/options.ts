import { type Command, InvalidArgumentError } from "commander";

/** Where a Loki is and how it is asked. */
export interface LokiOptions {
  readonly loki?: string;
  readonly tenant?: string;
  readonly username?: string;
  readonly password?: string;
  readonly token?: string;
  readonly selector?: string;
  /** ms; set where the command has a window of its own. */
  readonly since?: number;
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** A parser for a length of time such as `30m`, in ms. */
export function lengthOfTime(text: string): number {
  const [, count = "", unit = ""] = /^(\d+(?:\.\d+)?)([smhdw])$/.exec(text.trim()) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (!(ms > 0)) throw new InvalidArgumentError("It must be a length of time such as 30m, 24h or 7d.");
  return Math.round(ms);
}

/** Adds what every command that can read from a Loki takes; DUNETRACE_LOKI_* stand in for what is left out. */
export function addLoki(command: Command, since = "24h"): Command {
  return command
    .option("--loki <url>", "read from this Loki; DUNETRACE_LOKI_URL does the same")
    .option("--since <time>", `how far back to read from a Loki, such as 30m or 7d (default: ${since})`, lengthOfTime)
    .option("--selector <matchers>", 'what of a shared Loki is ours, such as {cluster="eu"}')
    .option("--tenant <id>", "its tenant, sent as X-Scope-OrgID")
    .option("--username <name>", "for basic authentication, with --password")
    .option("--password <text>", "better given as DUNETRACE_LOKI_PASSWORD")
    .option("--token <text>", "for bearer authentication; better given as DUNETRACE_LOKI_TOKEN");
}
