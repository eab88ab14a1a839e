import type { Finding } from "../finding";
import { failure, ok, warning } from "../finding";
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

function nextStep(kind: string, url: string): string {
  if (kind === "unauthorised")
    return "Give the tenant and credentials of a reader: --tenant, --username and --password, or --token.";
  if (kind === "missing") return `Give the address without a path: ${new URL(url).origin} is tried as it is.`;
  return "Start Loki, or give the address it listens on with --loki or DUNETRACE_LOKI_URL.";
}
