import { FAILURE_TYPES } from "../../core/wire";
import { identityFilterOf, runFilterOf, signalFilterOf } from "../query/asked";
import { failureTypeName } from "../query/displayText";
import type { AgentsVariableQuery } from "../query/types";
import type { QueryContext } from "./context";

export interface VariableValue {
  readonly text: string;
  readonly value: string;
}

const MOST_VALUES = 1000;

/**
 * The values of a template variable, within the time range and the filter.
 *
 * @throws QueryProblem, LokiError
 */
export async function answerVariable(
  query: AgentsVariableQuery,
  { ask, range, signal, limit }: Pick<QueryContext, "ask" | "range" | "signal" | "limit">,
): Promise<readonly VariableValue[]> {
  const { kind, filter } = query;
  switch (kind) {
    case "agents": {
      const { agents } = await ask("agents", { range, filter: identityFilterOf(filter) }, signal);
      return agents.map(({ agent_id }) => ({ text: agent_id, value: agent_id }));
    }
    case "versions":
      return versionsOf(query, { ask, range, signal });
    case "runs": {
      const most = Math.min(query.limit ?? limit, MOST_VALUES);
      const { runs } = await ask("runs", { range, filter: runFilterOf(filter), limit: most }, signal);
      return runs.map(({ run }) => ({ text: runWords(run), value: run.run_id }));
    }
    case "failureTypes":
      return failureTypesOf(query, { ask, range, signal });
  }
}

function runWords({ run_id, agent_id, started_at }: { run_id: string; agent_id: string; started_at: number }): string {
  const at = new Date(started_at / 1000).toISOString().slice(0, 19).replace("T", " ");
  return `${at} · ${agent_id} · ${run_id.slice(0, 8)}`;
}

type Asking = Pick<QueryContext, "ask" | "range" | "signal">;

async function versionsOf({ filter }: AgentsVariableQuery, { ask, range, signal }: Asking): Promise<VariableValue[]> {
  const named = filter?.agents;
  const agents = named ?? (await ask("agents", { range }, signal)).agents.map(({ agent_id }) => agent_id);
  const lists = await Promise.all(
    agents.slice(0, MOST_AGENTS).map((agent_id) => ask("versions", { range, agent_id }, signal)),
  );
  const names = new Set(lists.flatMap(({ versions }) => versions.map(({ agent_version }) => agent_version)));
  return [...names].filter((name) => name !== "").map((name) => ({ text: name, value: name }));
}

/** Versions are asked for agent by agent. */
const MOST_AGENTS = 20;

/** Those that came up first, most frequent first, then all others. */
async function failureTypesOf(
  { filter }: AgentsVariableQuery,
  { ask, range, signal }: Asking,
): Promise<VariableValue[]> {
  const stepMs = Math.max(1000, range.to - range.from);
  const { series } = await ask(
    "signalRate",
    { range, filter: signalFilterOf(filter), by: ["failure_type"], stepMs },
    signal,
  );
  const counts = new Map(
    series.map(({ failure_type, points }) => [failure_type, points.reduce((sum, { value }) => sum + value, 0)]),
  );
  const types = [...FAILURE_TYPES].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  return types.map((type) => ({ text: failureTypeName(type), value: type }));
}
