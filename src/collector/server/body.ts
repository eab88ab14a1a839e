import type { Context } from "hono";
import { readBytes, UnreadableBody } from "../../server/readBytes";
import { decompress } from "../otlp/body";

/** The body of a request as bytes, decompressed, or the answer to one that cannot be read. */
export async function bodyOf(c: Context, maxBytes: number): Promise<Buffer | Response> {
  let bytes: Buffer;
  try {
    bytes = await readBytes(c.req.raw, maxBytes);
  } catch (error) {
    if (!(error instanceof UnreadableBody)) throw error;
    return c.json({ error: error.message }, error.status);
  }
  const name = (c.req.header("content-encoding") ?? "").trim().toLowerCase();
  const plain = await decompress(name, bytes, { maxBytes }, "json");
  if (!(plain instanceof Uint8Array)) return c.json({ error: plain.message }, plain.status);
  return Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
}

/** The body as JSON, or the answer to one that is none. */
export async function jsonOf(c: Context, maxBytes: number): Promise<{ readonly value: unknown } | Response> {
  const body = await bodyOf(c, maxBytes);
  if (body instanceof Response) return body;
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    return { value };
  } catch {
    // What the parser says would quote the body, which may be content.
    return c.json({ error: "The body is no JSON in UTF-8" }, 422);
  }
}
