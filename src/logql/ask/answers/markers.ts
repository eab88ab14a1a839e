import { deployAndFixMarkers } from "../../builders";
import { collectLogs } from "../../readers";
import { type Answerer, millisOf, spanOf } from "../context";
import type { Marker } from "../questions";

/** More marks than any chart can show. */
const MOST_MARKERS = 1000;

/** Deployments and fixes, the newest ones where there are very many, in the order of time. */
export const markers: Answerer<"markers"> = async ({ range, agents }, { api, settings }, signal) => {
  const query = deployAndFixMarkers(settings.scope, { agents });
  const request = { query, ...spanOf(range), direction: "backward", pageLines: MOST_MARKERS, signal } as const;
  const { entries, cut } = await collectLogs(api, request, MOST_MARKERS);
  const found = entries.flatMap(({ entry, parsed }): Marker[] => {
    if (!parsed.ok || "unknown" in parsed.line) return [];
    const { line } = parsed;
    if (line.event_type !== "deploy.marker" && line.event_type !== "fix.applied") return [];
    return [{ at: millisOf(entry.ts), agent_id: line.agent_id, line }];
  });
  return { markers: found.reverse(), cut };
};
