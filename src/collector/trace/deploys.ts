import { agentIdOf, RunEncoder } from "../../core/wire";
import type { Component } from "../dialects";
import { type LineOptions, writtenAt } from "./runLines";

type Deploy = Extract<Component, { kind: "deploy" }>;

/**
 * Writes a `deploy.marker` for each pipeline that a trace put into or out of service. They belong to no run.
 *
 * @returns how many there are
 */
export function writeDeploys(components: readonly Component[], options: LineOptions): number {
  const deploys = deploysOf(components);
  for (const { deploy, hints, end: time, traceId: trace_id, spanId: span_id } of deploys) {
    const encoder = new RunEncoder(
      { agent_id: agentIdOf(nameOf(hints)), run_id: "", agent_version: deploy.version, trace_id },
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
    options.write(line, "info");
  }
  return deploys.length;
}

/** One for each pipeline: preparing it, making it known, and the span around both tell of the same deployment. */
function deploysOf(components: readonly Component[]): readonly Deploy[] {
  const found = new Map<string, Deploy>();
  for (const component of components) {
    if (component.kind !== "deploy") continue;
    const key = JSON.stringify([nameOf(component.hints), component.deploy.meta?.action]);
    const before = found.get(key);
    if (before === undefined || isLater(component, before)) found.set(key, component);
  }
  return [...found.values()];
}

/** Whether a span tells more of a deployment than another one: the failed one does, else what ended last. */
function isLater(deploy: Deploy, than: Deploy): boolean {
  return deploy.failed === than.failed ? deploy.end > than.end : deploy.failed;
}

function nameOf({ agent }: Component["hints"]): string {
  return agent?.name ?? "unknown-agent";
}
