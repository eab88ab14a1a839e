import type { LokiError, LokiLimit } from "../../../logql/errors";
import { type Finding, failure, ok, unknown } from "../finding";
import type { Observations } from "../observations";

interface Limit {
  /** As Loki's documentation writes its default. */
  readonly byDefault: string;
  /** The same as a number, of lines, series or ms; undefined where Loki does not say in its refusal what it is set to. */
  readonly value: number | undefined;
  /** What Loki is set to, in the text of a refusal. */
  readonly stated?: RegExp;
  /** What to do where the default is in force. */
  readonly next: string;
}

const HOUR_MS = 3_600_000;

/** Limits with Loki's own defaults, and the words of Loki 3.0 to 3.7. */
const LIMITS: Readonly<Partial<Record<LokiLimit, Limit>>> = {
  max_entries_limit_per_query: {
    byDefault: "5000",
    value: 5000,
    stated: /> (\d+)\)/,
    next: "Raise max_entries_limit_per_query in limits_config to 5000 at least.",
  },
  max_query_length: {
    byDefault: "721h",
    value: 721 * HOUR_MS,
    stated: /limit: ?([\d.a-z]+)/,
    next: "Look back less far with --since, or raise max_query_length in limits_config.",
  },
  max_query_series: {
    byDefault: "500",
    value: 500,
    stated: /series \((\d+)\)/,
    next: "Every version of an agent is a series: name fewer agents (--agent; --selector here), or raise max_query_series in limits_config, to 10000 for instance.",
  },
  max_query_bytes_read: {
    byDefault: "0, which means none",
    value: Number.POSITIVE_INFINITY,
    stated: /limit: ?([\d.]+)/,
    next: "Look back less far with --since, or raise max_query_bytes_read in limits_config.",
  },
  query_timeout: {
    byDefault: "1m",
    value: undefined,
    next: "Give Loki more time or more processors: raise query_timeout in limits_config (its default is 1m), with the timeouts of proxies in front of it; or ask about fewer agents.",
  },
};

const UNIT_MS: Readonly<Record<string, number>> = {
  w: 168 * HOUR_MS,
  d: 24 * HOUR_MS,
  h: HOUR_MS,
  m: 60_000,
  s: 1000,
  ms: 1,
};

/** What went wrong at this Loki lies in its settings or its size. */
const isLimit = ({ kind, limit }: LokiError): boolean =>
  limit !== undefined || ["limit", "refused", "timeout", "too_many_requests"].includes(kind);

/** The product's own queries are answered with the limits this Loki has. */
export function limits({ limits: met }: Observations): Finding {
  // What was asked last says most; a limit is named once.
  const each = [...new Map(met.map((one) => [one.error.limit ?? one.error.message, one])).values()];
  if (each.length === 0) return ok("limits", "The queries of lists and baselines are answered.");
  const told = each.map(({ question, error }) => `the query for ${question}: ${error.text || error.message}`);
  const refused = each.filter(({ error }) => isLimit(error));
  if (refused.length === 0) {
    return unknown(
      "limits",
      `Loki does not answer ${told.join("; ")}.`,
      "Ask again; when it stays so, see the log of Loki.",
    );
  }
  const next = [...new Set(refused.map(({ error }) => nextStep(error)))].join(" ");
  return failure("limits", `Loki refuses ${told.join("; ")}.`, next);
}

function nextStep({ kind, limit: name, text = "" }: LokiError): string {
  const known = name ?? (kind === "timeout" ? "query_timeout" : undefined);
  const limit = known === undefined ? undefined : LIMITS[known];
  if (known === undefined || limit === undefined) return "See what Loki says.";
  const { byDefault, value, stated, next } = limit;
  const set = numberOf(stated?.exec(text)?.[1]);
  if (value === undefined || set === undefined || set >= value) return next;
  return `Raise ${known} in limits_config; its default (${byDefault}) suffices.`;
}

/** Of a count, or of a length of time such as `24h0m0s` in ms. */
function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[\d.]+$/.test(text)) return Number(text);
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[wdhms])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT_MS[unit ?? ""] ?? 0), 0);
}
