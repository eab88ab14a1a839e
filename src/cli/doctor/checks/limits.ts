import { type Finding, failure, ok, unknown } from "../finding";
import type { Observations } from "../observations";

/** The product's own queries are answered with the limits this Loki has. */
export function limits({ limits: met, unreachable }: Observations): Finding {
  if (unreachable !== undefined) return unknown("limits", "Not tried.", "See connection.");
  const first = met[0];
  if (first === undefined) return ok("limits", "The queries of lists, baselines and alerts are answered.");
  return failure(
    "limits",
    `The query for ${first.question} is refused: ${first.error.message}`,
    nextStep(first.error.limit),
  );
}

function nextStep(limit: string | undefined): string {
  if (limit === undefined || limit === "other" || limit === "points") return "See the text of Loki above.";
  return `Raise ${limit} in limits_config; the defaults of Loki suffice.`;
}
