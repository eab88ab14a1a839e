import { AGENTS } from "../../src/cli/demo/agents";
import { performBatch } from "../../src/cli/demo/batch";
import { SCENARIOS } from "../../src/cli/demo/scenarios";
import type { Output } from "../../src/cli/io";
import { type OpenedStore, openStore } from "../../src/loki";

export interface DemoStore {
  readonly url: string;
  readonly store: OpenedStore;
  readonly lines: readonly string[];
  close(): Promise<void>;
}

/** The lines of the demo's runs of the last hours. */
export async function demoLines(runs = 200): Promise<string[]> {
  const lines: string[] = [];
  const stdout: Output = {
    ...{ isTTY: false, columns: undefined, rows: undefined, onResize: () => () => undefined },
    write: (text: string) => {
      lines.push(...text.split("\n").filter((line) => line !== ""));
      return Promise.resolve();
    },
  };
  const at = Date.now() * 1000;
  await performBatch({ runs, seed: "host", at, scenarios: SCENARIOS, agents: AGENTS }, stdout);
  return lines;
}

/** An embedded store with the demo's runs of the last hours, which answers as a Loki. */
export async function demoStore(runs = 200): Promise<DemoStore> {
  const lines = await demoLines(runs);
  const store = openStore({ clock: Date.now, anyTime: true });
  store.pushLines(lines);
  const { url } = await store.serve({ port: 0 });
  return { url, store, lines, close: () => store.close() };
}
