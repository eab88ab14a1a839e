import { ClientRequest, IncomingMessage } from "node:http";
import { getCurrentRun, type ToolCall } from "../../sdk";
import { isBelowCall, listenOnce } from "../../sdk/belowCall";
import { type Instrumentation, instrumentation } from "../models/patch";
import { property } from "../models/values";
import { listenTo } from "./channels";
import { type OutgoingRequest, tellRequest, tellResponse } from "./requestCall";

/** Requests by these have a body only where their headers say so. */
const WITHOUT_BODY: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "DELETE", "TRACE"]);

function hasBody(request: ClientRequest): boolean {
  if (!WITHOUT_BODY.has(request.method)) return true;
  return request.hasHeader("transfer-encoding") || Number(request.getHeader("content-length") ?? 0) > 0;
}

function requestOf(request: ClientRequest): OutgoingRequest {
  const host = request.getHeader("host");
  return {
    method: request.method,
    url: `${request.protocol}//${typeof host === "string" ? host : request.host}${request.path}`,
    body: hasBody(request) ? undefined : "",
  };
}

/** A listener must not throw: a policy that stops the run here ends the request, with its violation as the error. */
function orEnd(request: ClientRequest, tell: () => void): void {
  try {
    tell();
  } catch (violation) {
    request.destroy(violation instanceof Error ? violation : new Error(String(violation)));
  }
}

function listen(): () => void {
  const calls = new WeakMap<ClientRequest, ToolCall>();
  return listenTo({
    "http.client.request.start": (message) => {
      const run = getCurrentRun();
      const request = property(message, "request");
      if (run === undefined || isBelowCall() || !(request instanceof ClientRequest)) return;
      orEnd(request, () => {
        const call = tellRequest(run, requestOf(request));
        if (call !== undefined) calls.set(request, call);
      });
    },
    "http.client.response.finish": (message) => {
      const request = property(message, "request");
      const response = property(message, "response");
      if (!(request instanceof ClientRequest) || !(response instanceof IncomingMessage)) return;
      const call = calls.get(request);
      if (call === undefined) return;
      orEnd(request, () => tellResponse(call, response.statusCode ?? 0, response.headers["content-length"]));
    },
    "http.client.request.error": (message) => {
      const request = property(message, "request");
      const error = property(message, "error");
      if (!(request instanceof ClientRequest)) return;
      orEnd(request, () => calls.get(request)?.responded({ success: false, error: error ?? String(error) }));
    },
  });
}

/**
 * Makes `node:http` and `node:https`, and the clients built on them (axios, got, node-fetch …), tell requests to the active
 * run as calls of a tool named like the host: success, status, time, length of the answer; of the URL only a hash.
 * Requests with a body have unknown arguments. Requests to hosts that serve models are no tools. Nothing is patched: Node's
 * diagnostics channels are listened to. Outside of runs nothing happens.
 *
 * @example
 * const { unpatch } = instrumentHttp();
 */
export function instrumentHttp(): Instrumentation {
  return instrumentation([["http", listenOnce("http", listen)]]);
}
