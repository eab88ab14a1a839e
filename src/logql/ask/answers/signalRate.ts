import { readSignalRate } from "../../readers";
import { type Answerer, spanOf } from "../context";

/** Recorded signals over time: one query where series are not told apart by agent. */
export const signalRate: Answerer<"signalRate"> = async ({ range, filter, by, stepMs }, { api, settings }, signal) => {
  const request = { ...spanOf(range), scope: settings.scope, filter, by, stepMs, signal };
  return { series: await readSignalRate(api, request) };
};
