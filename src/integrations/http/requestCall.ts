import type { RunContext, ToolCall } from "../../sdk";
import { nodeHash } from "../../sdk/hashing";
import { providerOfHost } from "../models/providers";

/** A request as far as a run needs it. */
export interface OutgoingRequest {
  readonly method: string;
  /** With its query; only its hash is told. */
  readonly url: string;
  /** The body, "" for none; undefined when it is not at hand, such as that of a stream. */
  readonly body: string | undefined;
}

const hash = nodeHash();
/** UTF-16 code units; a longer body is not hashed, because that would hold up the agent. */
const LONGEST_BODY = 1_048_576;

function argsOf({ method, url, body }: OutgoingRequest): object | undefined {
  // Two requests that differ in a body nobody knows are not the same call.
  if (body === undefined || body.length > LONGEST_BODY) return undefined;
  const same = { method, url_hash: hash(url) };
  return body === "" ? same : { ...same, body_hash: hash(body) };
}

/**
 * Tells a request as a call of the tool named like the host. Its arguments are hashes of the URL and the body, whatever is
 * captured otherwise: queries hold keys.
 *
 * @returns undefined for hosts that serve models: their calls are no tools
 * @throws PolicyViolation when a policy stops the run here
 */
export function tellRequest(run: RunContext, request: OutgoingRequest): ToolCall | undefined {
  if (!URL.canParse(request.url)) return undefined;
  const { protocol, hostname } = new URL(request.url);
  if (protocol !== "http:" && protocol !== "https:") return undefined;
  if (providerOfHost(hostname) !== undefined) return undefined;
  return run.toolCalled(hostname, argsOf(request));
}

/** An answer with a status that says the request failed. */
class HttpStatus {
  readonly name = "HttpStatus";
  readonly message: string;

  constructor(status: number) {
    this.message = String(status);
  }
}

/**
 * Tells the answer when its headers are there.
 *
 * @param contentLength the header, where there is one
 * @throws PolicyViolation when a policy stops the run here
 */
export function tellResponse(call: ToolCall, status: number, contentLength: unknown): void {
  const success = status >= 200 && status < 400;
  const outputLength = typeof contentLength === "string" && contentLength !== "" ? Number(contentLength) : undefined;
  call.responded(success ? { success, outputLength } : { success, outputLength, error: new HttpStatus(status) });
}
