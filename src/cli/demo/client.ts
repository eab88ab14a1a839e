import type { BaselineFile } from "../../core/baselines";
import { Dunetrace } from "../../sdk";
import { fewCalls } from "./policy";
import type { DemoTime } from "./time/demoTime";

const OURS = /^DUNETRACE_/;

/**
 * The client that the agents of the demo report to: the real SDK, its lines handed to `write`. Settings of a real agent in
 * the environment do not count here, so that the same seed gives the same lines everywhere and none go elsewhere.
 */
export function demoClient(time: DemoTime, baselines: BaselineFile, write: (line: string) => void): Dunetrace {
  const hidden = Object.entries(process.env).filter(([name]) => OURS.test(name));
  for (const [name] of hidden) delete process.env[name];
  try {
    const dt = new Dunetrace({ logger: { write }, clock: time.now, baselines, environment: "production", debug: true });
    dt.addPolicy(fewCalls);
    return dt;
  } finally {
    Object.assign(process.env, Object.fromEntries(hidden));
  }
}

/** @throws Error when the SDK lost a line or kept a fault to itself: then the manifest would not fit the lines */
export function assertFlawless({ counters }: Dunetrace): void {
  const { faults, dropped } = counters;
  const lost = Object.values(dropped).reduce((sum, lines) => sum + lines, 0);
  if (faults + lost > 0) throw new Error(`the SDK had ${faults} faults and lost ${lost} lines`);
}
