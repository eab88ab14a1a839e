import * as v from "valibot";
import { getJson } from "../real";

const Vector = v.object({
  data: v.object({
    result: v.array(v.object({ metric: v.record(v.string(), v.string()), value: v.tuple([v.number(), v.string()]) })),
  }),
});

export interface Instance {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * What an expression gives at a time, as Grafana asks for it: over HTTP.
 *
 * @param at ms since the epoch
 * @throws Error with Loki's text for any status but 200
 */
export async function evaluate(url: string, query: string, at: number): Promise<Instance[]> {
  const body = v.parse(Vector, await getJson(url, "query", { query, time: `${BigInt(at) * 1_000_000n}` }));
  return body.data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}
