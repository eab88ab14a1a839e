import { afterEach } from "vitest";
import { type OpenedStore, openStore } from "../../loki";

const open: OpenedStore[] = [];

afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
});

export interface ServedStore {
  readonly url: string;
  readonly store: OpenedStore;
}

/** A Loki that holds these lines, on a free port of loopback until the end of the test. */
export async function servedStore(lines: Iterable<string>, port = 0): Promise<ServedStore> {
  const store = openStore({ anyTime: true, clock: () => 1_795_168_800_000 });
  open.push(store);
  const { broken, foreign, refused, reasons } = store.pushLines(lines);
  if (broken + foreign + refused > 0) throw new Error(`the store did not take all lines: ${reasons.join("; ")}`);
  const { url } = await store.serve({ port });
  return { url, store };
}
