import type { LokiErrorKind } from "../../../logql/errors";
import { type Finding, failure, ok, warning } from "../finding";
import type { Observations } from "../observations";

/** The oldest Loki whose features the queries use. */
const OLDEST_MAJOR = 3;

/** Loki answers, and is new enough. */
export function connection({ url, unreachable, version }: Observations): Finding {
  if (unreachable !== undefined) return failure("connection", unreachable.message, nextStep(unreachable.kind, url));
  if (version === undefined || version === "") return ok("connection", `Loki at ${url} answers.`);
  const major = Number.parseInt(version.replace(/^v/, ""), 10);
  if (Number.isFinite(major) && major < OLDEST_MAJOR) {
    return warning(
      "connection",
      `Loki at ${url} is ${version}; the queries are tested from ${OLDEST_MAJOR}.0 on.`,
      `Update Loki to ${OLDEST_MAJOR}.0 or later.`,
    );
  }
  return ok("connection", `Loki ${version} at ${url} answers.`);
}

function nextStep(kind: LokiErrorKind, url: string): string {
  switch (kind) {
    case "unauthorised":
      return "Give the tenant and credentials of a reader: --tenant, --username and --password, or --token.";
    case "missing":
    case "broken_answer":
      return `See that ${url} is a Loki's base address, such as http://localhost:3100: what stands before /loki/api/v1.`;
    case "timeout":
    case "too_many_requests":
      return "Loki is overloaded, or a limit of its is low: see its log, and ask again with a shorter --since.";
    case "refused":
    case "limit":
      return "See what Loki says: a base selector (--selector) that it does not take, or a limit of its.";
    default:
      return "Start Loki, or give the address it listens on with --loki or DUNETRACE_LOKI_URL.";
  }
}
