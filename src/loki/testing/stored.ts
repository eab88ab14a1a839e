import type { Labels } from "../../logql/api";
import type { Entry, EntryRange } from "../entries";
import type { Store } from "../storage";

/** 2026-11-20T10:00:00Z in ms and ns. */
export const START_MS = 1_795_168_800_000;
export const START = BigInt(START_MS) * 1_000_000n;

/** An entry some seconds after START. */
export function entry(seconds: number, line: string, metadata?: Labels): Entry {
  const ts = START + BigInt(Math.round(seconds * 1e9));
  return metadata === undefined ? { ts, line } : { ts, line, metadata };
}

/** All that is in a store, each line as `{labels} <seconds after START> <line>`, in the order of reading. */
export function stored(store: Store, range: Partial<EntryRange> = {}): string[] {
  return store
    .select([], { start: 0n, end: 2n ** 63n - 1n, direction: "forward", ...range })
    .flatMap(({ labels, entries }) => {
      const name = labels.agent_id ?? JSON.stringify(labels);
      return [...entries].map(({ ts, line, metadata }) => {
        const meta = metadata === undefined ? "" : ` ${JSON.stringify(metadata)}`;
        return `${name} ${Number(ts - START) / 1e9} ${line}${meta}`;
      });
    });
}
