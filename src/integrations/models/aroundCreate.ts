import { isRecord } from "../../core/wire";
import { getCurrentRun, type LlmCall } from "../../sdk";
import { belowCall, isBelowCall } from "../../sdk/belowCall";
import { CallWatch } from "./callWatch";
import { guided } from "./guidance";
import type { ModelApi } from "./modelApi";
import type { Around } from "./patch";
import { providerOfUrl } from "./providers";
import { property } from "./values";
import { watchResult } from "./watchResult";

/**
 * Tells the model calls that a `create` method makes to the run they belong to. Outside of runs, and below a call that is
 * told already, the method is just called.
 */
export function aroundCreate(api: ModelApi): Around {
  return (original, self, args) => {
    const run = getCurrentRun();
    if (run === undefined || isBelowCall()) return Reflect.apply(original, self, args);
    const [request, ...rest] = args;
    const steered = guided(run, api, request);
    const asking = isRecord(steered) ? api.streamUsage?.ask(steered) : undefined;
    const wanted = asking ?? steered;
    const model = property(wanted, "model");
    const call: LlmCall = run.llmCalled(typeof model === "string" ? model : undefined, {
      provider: providerOfUrl(property(property(self, "_client"), "baseURL")),
      streaming: property(wanted, "stream") === true,
    });
    const watch = new CallWatch(call, api, asking === undefined ? undefined : api.streamUsage);
    let result: unknown;
    try {
      const made = args.length === 0 ? args : [wanted, ...rest];
      result = belowCall(() => Reflect.apply(original, self, made));
    } catch (error) {
      watch.failed(error);
      throw error;
    }
    return watchResult(result, watch);
  };
}
