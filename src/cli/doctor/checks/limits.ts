import type { LokiLimit } from "../../../logql/errors";
import { type Finding, failure, ok } from "../finding";
import type { Observations } from "../observations";

/** Loki's own defaults, which suffice. */
const DEFAULTS: Readonly<Partial<Record<LokiLimit, string>>> = {
  max_entries_limit_per_query: "5000",
  max_query_length: "721h",
  max_query_series: "500",
  max_query_bytes_read: "0, which means none",
  query_timeout: "1m",
};

/** The product's own queries are answered with the limits this Loki has. */
export function limits({ limits: met }: Observations): Finding {
  // What was asked last says most; a limit is named once.
  const each = [...new Map(met.map((one) => [one.error.limit ?? one.error.message, one])).values()];
  if (each.length === 0) return ok("limits", "The queries of lists and baselines are answered.");
  const told = each.map(({ question, error }) => `the query for ${question}: ${error.text ?? error.message}`);
  return failure(
    "limits",
    `Loki refuses ${told.join("; ")}.`,
    each.map(({ error }) => nextStep(error.limit)).join(" "),
  );
}

function nextStep(limit: LokiLimit | undefined): string {
  const byDefault = limit === undefined ? undefined : DEFAULTS[limit];
  if (limit === undefined || byDefault === undefined) return "See what Loki says.";
  return `Raise ${limit} in limits_config; its default (${byDefault}) suffices.`;
}
