import { agentIdOf, RunEncoder } from "../../core/wire";
import type { Component } from "../dialects";
import { type LineOptions, writtenAt } from "./runLines";

/**
 * Writes a `deploy.marker` for each deployment in a trace. They belong to no run.
 *
 * @returns how many lines were lost
 */
export function writeDeploys(components: readonly Component[], options: LineOptions): number {
  let lost = 0;
  for (const component of components) {
    if (component.kind !== "deploy") continue;
    const { deploy, hints, end: time, traceId: trace_id, spanId: span_id } = component;
    const agent_id = agentIdOf(hints.agent?.name ?? "unknown-agent");
    const encoder = new RunEncoder(
      { agent_id, run_id: "", agent_version: deploy.version, trace_id },
      options.maxLineBytes,
    );
    const line = encoder.encode({
      event_type: "deploy.marker",
      level: "info",
      time,
      written: writtenAt(time, options.clock()),
      step_index: 0,
      payload: deploy,
      span_id,
    });
    if (!options.write(line, "info")) lost++;
  }
  return lost;
}
