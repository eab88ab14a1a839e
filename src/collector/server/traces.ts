import type { Context } from "hono";
import { readBytes, UnreadableBody } from "../../server/readBytes";
import type { Collector } from "../collector";
import { type EncodedAnswer, exportAnswer, statusAnswer, warningAnswer } from "../otlp/answer";
import { decodeBody } from "../otlp/body";

/** Told of each request that was taken, before it is answered: its bytes and headers as they came. */
export type OnAccepted = (bytes: Uint8Array, headers: { readonly type: string; readonly encoding: string }) => void;

export interface TracesOptions {
  readonly collector: Collector;
  /** Bytes of a body, as it is sent and once it is decompressed. */
  readonly maxBytes: number;
  readonly onAccepted?: OnAccepted | undefined;
}

/** `POST /v1/traces`, as the OTLP specification has it: 200 also where some spans were refused, which the answer names. */
export async function takeTraces(c: Context, { collector, maxBytes, onAccepted }: TracesOptions): Promise<Response> {
  const type = c.req.header("content-type") ?? "";
  const encoding = c.req.header("content-encoding") ?? "";
  let bytes: Buffer;
  try {
    bytes = await readBytes(c.req.raw, maxBytes);
  } catch (error) {
    if (!(error instanceof UnreadableBody)) throw error;
    return answered(statusAnswer(error.message, type.includes("json") ? "json" : "protobuf"), error.status);
  }
  const body = await decodeBody(type, encoding, bytes, { maxBytes });
  if (!body.ok) return answered(statusAnswer(body.message, body.encoding), body.status);
  collector.take(body);
  onAccepted?.(bytes, { type, encoding });
  return answered(exportAnswer(body.refused, body.encoding), 200);
}

/** The answer to metrics and logs, which are no traces: nothing of them is read. */
export function notTaken(c: Context, what: string): Response {
  const encoding = (c.req.header("content-type") ?? "").includes("json") ? "json" : "protobuf";
  return answered(warningAnswer(`This collector makes runs of traces; ${what} are not kept`, encoding), 200);
}

/** An answer of OTLP. */
export function answered({ type, body }: EncodedAnswer, status: number): Response {
  return new Response(typeof body === "string" ? body : Buffer.from(body), {
    status,
    headers: { "Content-Type": type },
  });
}
