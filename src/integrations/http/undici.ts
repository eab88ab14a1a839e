import { getCurrentRun, type ToolCall } from "../../sdk";
import { isBelowCall } from "../../sdk/belowCall";
import { isObject, property } from "../models/values";
import { bodyText } from "./bodyText";
import { listenTo } from "./channels";
import { tellRequest, tellResponse } from "./requestCall";

/** undici gives headers as name and value in turn, as bytes. */
function headerOf(headers: unknown, name: string): string | undefined {
  if (!Array.isArray(headers)) return undefined;
  const at = headers.findIndex((item, index) => index % 2 === 0 && String(item).toLowerCase() === name);
  return at < 0 ? undefined : String(headers[at + 1]);
}

/** A listener must not throw; a policy's violation is kept by the run, which ends with it. */
function quietly(listen: (message: unknown) => void): (message: unknown) => void {
  return (message) => {
    try {
      listen(message);
    } catch {
      // Thrown from here it would end the process instead of the run.
    }
  };
}

/**
 * Tells the requests that undici sends (the built-in fetch is undici too) to the run they belong to. A host that cannot be
 * reached is not seen here: undici tells of requests once they have a connection.
 *
 * @returns what stops it
 */
export function listenToUndici(): () => void {
  const calls = new WeakMap<object, ToolCall>();
  return listenTo({
    "undici:request:create": quietly((message) => {
      const run = getCurrentRun();
      const request = property(message, "request");
      if (run === undefined || isBelowCall() || !isObject(request)) return;
      const call = tellRequest(run, {
        method: String(property(request, "method")),
        url: `${String(property(request, "origin"))}${String(property(request, "path"))}`,
        body: bodyText(property(request, "body")),
      });
      if (call !== undefined) calls.set(request, call);
    }),
    "undici:request:headers": quietly((message) => {
      const request = property(message, "request");
      const call = isObject(request) ? calls.get(request) : undefined;
      const response = property(message, "response");
      if (call === undefined) return;
      tellResponse(
        call,
        Number(property(response, "statusCode")),
        headerOf(property(response, "headers"), "content-length"),
      );
    }),
    "undici:request:error": quietly((message) => {
      const request = property(message, "request");
      const error = property(message, "error");
      if (isObject(request)) calls.get(request)?.responded({ success: false, error: error ?? String(error) });
    }),
  });
}
