import { resolve } from "node:path";
import type { ListedRun } from "../../core/judging";
import { listedRuns, readWholeRuns } from "../../logql/readers";
import { type OpenedStore, openStore, StoreError } from "../../loki";
import { LazyPrices } from "../../sdk/prices";
import { REDUCTION } from "../../sdk/reduction";
import { messageOf, UsageError } from "../errors";
import type { Io } from "../io";
import type { Address } from "../listenAddress";
import { type PageOptions, pageRoutes } from "../page/routes";
import type { Notice } from "./inputs";
import type { Watch } from "./watch";

/** Lines and their index of a store without a folder; the oldest hours go when there is more. */
const MEMORY_BYTES = 128 * 2 ** 20;
/** Of lines read from the folder, which is done for those who ask over HTTP. */
const CACHE_BYTES = 64 * 2 ** 20;

/**
 * Opens the store of a session: lines of any age, in memory or in a folder.
 *
 * @throws UsageError when the folder cannot be used
 */
export function openDevStore(data: string | undefined, io: Io, notices: Notice[]): OpenedStore {
  try {
    return openStore({
      anyTime: true,
      clock: io.now,
      cacheBytes: CACHE_BYTES,
      report: (message) => void notices.push({ text: asSentence(message) }),
      ...(data === undefined ? { maxBytes: MEMORY_BYTES } : { dir: resolve(io.cwd, data) }),
    });
  } catch (error) {
    if (error instanceof StoreError) throw new UsageError(asSentence(error.message));
    throw error;
  }
}

/** @throws UsageError when the address cannot be listened on */
export async function serveStore(
  store: OpenedStore,
  address: Address,
  page: Pick<PageOptions, "settings" | "collector">,
): Promise<string> {
  try {
    return (await store.serve({ ...address, extend: pageRoutes({ ...page, host: address.host }) })).url;
  } catch (error) {
    throw new UsageError(asSentence(messageOf(error)));
  }
}

/** Watches again what an earlier session left in the folder: its newest runs. */
export async function recall(
  store: OpenedStore,
  watch: Watch,
  options: { readonly keep: number; readonly agent: string | undefined; readonly now: number },
): Promise<void> {
  const { span } = store;
  if (span === undefined) return;
  const now = BigInt(Math.trunc(options.now)) * 1_000_000n;
  const { keep, agent: agent_id } = options;
  const request = {
    ...span,
    api: store.api(),
    scope: {},
    now,
    prices: new LazyPrices(),
    reduction: REDUCTION,
    agent_id,
  };
  const newest: ListedRun[] = [];
  for await (const page of listedRuns(request)) {
    newest.push(...page);
    if (newest.length >= keep) break;
  }
  const runs = await readWholeRuns(newest.slice(0, keep), request);
  for (const run of [...runs.values()].sort((a, b) => a.started_at - b.started_at)) {
    for (const line of run.lines) watch.add(line, options.now);
  }
}

const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
