import { FAILURE_TYPES, SEVERITIES } from "../../../src/core";
import type { Scope } from "../../../src/logql";
import {
  ALL_AGENTS,
  QUIET_AFTER_MS,
  quietAgents,
  RAW_ALERTS,
  rawAlert,
  STALLED_AFTER_MS,
  signalAlert,
  signalStorm,
  signalTexts,
  stalledRuns,
} from "../../../src/logql/alerts";
import { type BuiltWorld, HOSTILE } from "../builtWorld";
import { instant, type Question } from "./question";

/** Every alert rule. All of them rename labels or join series, which the embedded store does not know. */
export function alertQuestions({ name }: BuiltWorld): Question[] {
  const scope: Scope = { base: [{ name: "w", op: "=", value: name }] };
  const agents = [ALL_AGENTS, { only: HOSTILE }, { except: HOSTILE }];
  return [
    ...[...FAILURE_TYPES, undefined].flatMap((type) =>
      agents.flatMap((set) => [
        instant(`signalAlert ${type}`, signalAlert(scope, { type, agents: set, least: "MEDIUM", windowMs: 3_600_000 })),
        instant(`signalTexts ${type}`, signalTexts(scope, { type, agents: set, least: "LOW", windowMs: 3_600_000 })),
      ]),
    ),
    ...SEVERITIES.map((least) => instant(`signalStorm ${least}`, signalStorm(scope, least, 1))),
    ...RAW_ALERTS.flatMap((alert) =>
      agents.map((set) => instant(`rawAlert ${alert.name}`, rawAlert(scope, alert, [{ agents: set, thresholds: {} }]))),
    ),
    instant("stalledRuns", stalledRuns(scope, STALLED_AFTER_MS)),
    instant("quietAgents", quietAgents(scope, QUIET_AFTER_MS)),
  ];
}
