import type { Observations } from "./observations";

/** A Loki that answers and holds nothing, but for what is given. */
export function observationsOf(over: Partial<Observations>): Observations {
  return {
    now: 1_795_168_860_000_000,
    sinceMs: 86_400_000,
    url: "http://localhost:3100",
    unreachable: undefined,
    version: "3.7.8",
    agents: [],
    lines: [],
    bad: [],
    strays: [],
    strayError: undefined,
    terminals: [],
    terminalsCut: false,
    limits: [],
    files: [],
    collector: undefined,
    rulesOf: () => "aaaaaaaa",
    ...over,
  };
}
