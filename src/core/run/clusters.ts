import { LOOP_WINDOW } from "../facts/facts";
import type { LoopCluster, Step } from "./run";

/** As many actions of one name within five make a cluster: the default threshold of TOOL_LOOP. */
const LOOP_COUNT = 3;

/** Where actions of one name crowd: three or more within any five consecutive actions, overlapping windows merged. */
export function findLoops(steps: readonly Step[]): LoopCluster[] {
  const actions = steps.filter((step) => step.kind !== "llm" && step.call !== undefined);
  const clusters: { name: string; kind: "tool" | "retrieval"; members: Set<Step>; lastIndex: number }[] = [];
  actions.forEach((action, index) => {
    const window = actions.slice(Math.max(0, index - LOOP_WINDOW + 1), index + 1);
    const same = window.filter((other) => other.kind === action.kind && other.name === action.name);
    if (same.length < LOOP_COUNT || action.kind === "llm") return;
    const name = action.name ?? "unknown";
    const open = clusters.findLast((cluster) => cluster.name === name && cluster.kind === action.kind);
    if (open !== undefined && index - open.lastIndex < LOOP_WINDOW) {
      for (const member of same) open.members.add(member);
      open.lastIndex = index;
    } else {
      clusters.push({ name, kind: action.kind, members: new Set(same), lastIndex: index });
    }
  });
  return clusters.map(({ name, kind, members }) => {
    const list = [...members];
    return {
      name,
      kind,
      count: list.length,
      first_step: Math.min(...list.map((step) => step.step_index)),
      last_step: Math.max(...list.map((step) => step.step_index)),
      start: Math.min(...list.map((step) => step.start)),
      end: Math.max(...list.map((step) => step.end)),
    };
  });
}
