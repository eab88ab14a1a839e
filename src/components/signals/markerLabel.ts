import { detectorOf } from "../../core/detectors";
import type { Marker } from "../../logql/ask";
import { deployLabel } from "../charts";
import { t } from "../text";

/** "research-agent 3f2a91bc", "research-agent fixed: Tool loop". */
export function markerLabel({ agent_id, line }: Marker): string {
  if (line.event_type === "deploy.marker") return `${agent_id} ${deployLabel(line.payload)}`;
  return t("signals.fixed", "{{agent}} fixed: {{failure}}", {
    agent: agent_id,
    failure: detectorOf(line.payload.failure_type).label,
  });
}
