import { promisify } from "node:util";
import { gunzip, inflate } from "node:zlib";
import { isRecord } from "../../core/wire/record";
import { decodeSpans } from "./decode";
import { readSpans } from "./read";
import type { ReadSpans } from "./spanParts";

/** The two encodings of OTLP over HTTP. An answer has that of its request. */
export type Encoding = "protobuf" | "json";

export interface BodyLimits {
  /** Bytes of a body once it is decompressed. */
  readonly maxBytes: number;
}

/** A request that cannot be taken. */
export interface Refusal {
  readonly ok: false;
  /** 400 for what cannot be decoded, 413 for what is too large, 415 for an encoding that is not known. */
  readonly status: 400 | 413 | 415;
  /** What is wrong and what to send instead. */
  readonly message: string;
  /** The encoding to answer in. */
  readonly encoding: Encoding;
}

export type DecodedBody = ({ readonly ok: true; readonly encoding: Encoding } & ReadSpans) | Refusal;

/** 64 MiB, the limit that the OTLP specification recommends. */
export const DEFAULT_BODY_LIMITS: BodyLimits = { maxBytes: 64 * 1024 * 1024 };

const ENCODINGS: ReadonlyMap<string, Encoding> = new Map([
  ["application/x-protobuf", "protobuf"],
  ["application/protobuf", "protobuf"],
  ["application/json", "json"],
]);
const decompressors = new Map([
  ["gzip", promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip)],
  ["x-gzip", promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip)],
  ["deflate", promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflate)],
]);
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Decodes the body of a request to `/v1/traces`: decompresses it off the main thread, at most to the limit, and reads its
 * spans. Spans that are no spans are counted in `refused`, the others of the same request are kept. It never rejects.
 *
 * @param contentType as sent, parameters such as the charset included
 * @param contentEncoding as sent; undefined, "" and `identity` mean that the body is not compressed
 * @example
 * const body = await decodeBody("application/x-protobuf", "gzip", bytes);
 * if (!body.ok) return respond(body.status, body.message);
 * for (const span of body.spans) assembler.add(span);
 */
export async function decodeBody(
  contentType: string | undefined,
  contentEncoding: string | undefined,
  bytes: Uint8Array,
  limits: BodyLimits = DEFAULT_BODY_LIMITS,
): Promise<DecodedBody> {
  const type = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const encoding = ENCODINGS.get(type);
  if (encoding === undefined) {
    const sent = type === "" ? "no content type" : `content type "${type.slice(0, 100)}"`;
    return refusal(415, `${sent} is not supported; send application/x-protobuf or application/json.`, "json");
  }
  const plain = await decompress((contentEncoding ?? "").trim().toLowerCase(), bytes, limits, encoding);
  if (!(plain instanceof Uint8Array)) return plain;
  try {
    if (encoding === "protobuf") return { ok: true, encoding, ...decodeSpans(plain) };
    const request = parseJson(plain);
    const wrong = wrongIn(request);
    if (wrong !== undefined) return refusal(400, `The body is no OTLP trace export: ${wrong}.`, encoding);
    return { ok: true, encoding, ...readSpans(request) };
  } catch (error) {
    // What the parser of JSON says would quote the body, which may be content.
    if (encoding === "json") return refusal(400, "The body is not JSON in UTF-8.", encoding);
    const reason = error instanceof Error ? error.message : String(error);
    return refusal(400, `The body is not an OTLP trace export in protobuf: ${reason.slice(0, 200)}.`, encoding);
  }
}

function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(utf8.decode(bytes));
}

/** What keeps a request in JSON from being one: without this its spans would be passed over without a word. */
function wrongIn(request: unknown): string | undefined {
  if (!isRecord(request)) return "it must be an object";
  if (Array.isArray(request.resourceSpans) || Object.keys(request).length === 0) return undefined;
  return "it has no list of resourceSpans (OTLP's JSON writes names like this one, not resource_spans)";
}

/**
 * Decompresses a body off the main thread, at most to the limit. It never rejects.
 *
 * @param name the content encoding, in lower case
 * @param encoding to answer in
 */
export async function decompress(
  name: string,
  bytes: Uint8Array,
  limits: BodyLimits,
  encoding: Encoding,
): Promise<Uint8Array | Refusal> {
  const tooLarge = () => refusal(413, `The body has more than ${limits.maxBytes} bytes; send less at once.`, encoding);
  if (name === "" || name === "identity") return bytes.length > limits.maxBytes ? tooLarge() : bytes;
  const decompressor = decompressors.get(name);
  if (decompressor === undefined) {
    return refusal(415, `Content encoding "${name.slice(0, 100)}" is not supported; send gzip or none.`, encoding);
  }
  if (bytes.length > limits.maxBytes) return tooLarge();
  try {
    return await decompressor(bytes, { maxOutputLength: limits.maxBytes });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE") return tooLarge();
    const reason = error instanceof Error ? error.message : String(error);
    return refusal(400, `The body is not what its content encoding "${name}" says: ${reason}.`, encoding);
  }
}

function refusal(status: Refusal["status"], message: string, encoding: Encoding): Refusal {
  return { ok: false, status, message: message.charAt(0).toUpperCase() + message.slice(1), encoding };
}
