import type { Ask, TimeSpan } from "../../src/logql/ask";

const HOUR_MS = 3_600_000;

/** What an open view asks again every few seconds, and what it asks when there is news or half a minute has gone by. */
export const POLLS: Readonly<Record<string, (ask: Ask, range: TimeSpan, agent_id: string) => Promise<unknown>>> = {
  "Overview, each poll": (ask, range) =>
    Promise.all([ask("freshness", { range }), ask("signals", { range }), ask("runs", { range, limit: 8 })]),
  "Overview, on news": (ask, range) =>
    Promise.all([
      ask("totals", { range }),
      ask("totals", { range: { from: range.from - (range.to - range.from), to: range.from } }),
      ask("agents", { range }),
      ask("quiet", {}),
      ask("signalRate", { range, by: ["severity"], stepMs: HOUR_MS }),
    ]),
  "Runs, each poll": (ask, range) =>
    Promise.all([
      ask("runs", { range }),
      ask("agents", { range }),
      ask("totals", { range, stepMs: Math.ceil((range.to - range.from) / 40) }),
    ]),
  "Signals, each poll": (ask, range) => ask("signals", { range }),
  "Agents, each poll": (ask, range) =>
    Promise.all([
      ask("agents", { range }),
      ask("signalRate", { range, by: ["agent"], stepMs: HOUR_MS }),
      ask("quiet", {}),
    ]),
  "one agent, each poll": (ask, range, agent_id) => {
    const filter = { agents: [agent_id] };
    return Promise.all([
      ask("agents", { range, filter }),
      ask("totals", { range, filter }),
      ask("quiet", { filter }),
      ask("versions", { range, agent_id }),
      ask("markers", { range, agents: [agent_id] }),
      ask("runs", { range, filter, limit: 8 }),
      ask("signalRate", { range, filter, by: ["failure_type"], stepMs: HOUR_MS }),
    ]);
  },
  "Detectors, once": (ask, range) => ask("detectors", { range, stepMs: HOUR_MS }),
};
