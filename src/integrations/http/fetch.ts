import { getCurrentRun, type ToolCall } from "../../sdk";
import { belowCall, isBelowCall, listenOnce } from "../../sdk/belowCall";
import { settle } from "../../sdk/settle";
import { type Around, type Instrumentation, instrumentation, patchMethod } from "../models/patch";
import { property } from "../models/values";
import { bodyText } from "./bodyText";
import { type OutgoingRequest, tellRequest, tellResponse } from "./requestCall";
import { listenToUndici } from "./undici";

function requestOf(resource: unknown, init: unknown): OutgoingRequest {
  const isRequest = typeof resource === "object" && resource !== null && !(resource instanceof URL);
  const method = property(init, "method") ?? (isRequest ? property(resource, "method") : undefined);
  const ownBody = isRequest && property(resource, "body") !== null ? undefined : "";
  const body = property(init, "body");
  return {
    method: typeof method === "string" ? method.toUpperCase() : "GET",
    url: String(isRequest ? property(resource, "url") : resource),
    body: body === undefined || body === null ? ownBody : bodyText(body),
  };
}

function told(args: readonly unknown[]): ToolCall | undefined {
  const run = getCurrentRun();
  if (run === undefined || isBelowCall()) return undefined;
  let request: OutgoingRequest;
  try {
    request = requestOf(args[0], args[1]);
  } catch {
    // An address that cannot be read: fetch will say so.
    return undefined;
  }
  return tellRequest(run, request);
}

const aroundFetch: Around = (original, self, args) => {
  let call: ToolCall | undefined;
  try {
    call = told(args);
  } catch (violation) {
    // Callers of fetch expect a rejected promise.
    return Promise.reject(violation);
  }
  if (call === undefined) return Reflect.apply(original, self, args);
  const open = call;
  return settle(() => belowCall(() => Reflect.apply(original, self, args)), {
    returned: (response) => {
      if (response instanceof Response) tellResponse(open, response.status, response.headers.get("content-length"));
      else open.responded({ success: true });
    },
    threw: (error) => open.responded({ success: false, error: error ?? String(error) }),
  });
};

/**
 * Makes `fetch` tell requests to the active run as calls of a tool named like the host: success, status, time, length of
 * the answer; of URL and body only hashes. Copies of `fetch` made earlier and clients built on undici are told through
 * their diagnostics channels. Requests to hosts that serve models are no tools. What `fetch` gives does not change; outside
 * of runs nothing happens.
 *
 * @example
 * const { unpatch } = instrumentFetch();
 * await dt.run("research", () => fetch("https://example.com/search?q=loki"));
 * unpatch();
 */
export function instrumentFetch(): Instrumentation {
  return instrumentation([
    ["fetch", patchMethod(globalThis, "fetch", aroundFetch)],
    ["undici", listenOnce("undici", listenToUndici)],
  ]);
}
