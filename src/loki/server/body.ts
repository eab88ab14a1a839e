import { promisify } from "node:util";
import { gunzip, inflate, inflateRaw } from "node:zlib";
import { HttpError } from "./httpError";

/** No body may be larger, as it is sent or when it is unpacked. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

const unpackGzip = promisify(gunzip);
const unpackZlib = promisify(inflate);
const unpackRaw = promisify(inflateRaw);

/**
 * Reads the body of a request and unpacks it.
 *
 * @throws HttpError 413 when it is too large, 400 when it cannot be unpacked
 */
export async function readBody(request: Request, maxBytes = MAX_BODY_BYTES): Promise<Buffer> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > maxBytes) throw tooLarge(declared, maxBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(size, maxBytes);
    chunks.push(chunk);
  }
  return unpack(Buffer.concat(chunks), request.headers.get("content-encoding") ?? "", maxBytes);
}

async function unpack(bytes: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  const options = { maxOutputLength: maxBytes };
  try {
    switch (encoding) {
      case "":
      case "identity":
        return bytes;
      case "gzip":
        return await unpackGzip(bytes, options);
      case "deflate":
        // HTTP means zlib's format, Loki and some clients the bare one.
        return await (isZlib(bytes) ? unpackZlib(bytes, options) : unpackRaw(bytes, options));
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(undefined, maxBytes);
    throw new HttpError(400, `The body is not ${encoding}: ${error instanceof Error ? error.message : error}`);
  }
  throw new HttpError(
    400,
    `Content-Encoding ${JSON.stringify(encoding)} not supported; use gzip or deflate, or send it as it is`,
  );
}

/** The two first bytes of zlib's format: deflate in the low bits, and a multiple of 31 together. */
function isZlib(bytes: Buffer): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}

function tooLarge(size: number | undefined, limit: number): HttpError {
  const what = size === undefined ? "request body too large when unpacked" : `request body too large: ${size} bytes`;
  return new HttpError(413, `${what}, limit: ${limit} bytes; send fewer lines at once`);
}
