import { createReadStream, type Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { codeOf, messageOf, nearest, UsageError } from "../errors";
import type { Io } from "../io";

/** How stdin is named on the command line and in messages. */
export const STDIN = "-";

/** Names of gzip files. */
export const COMPRESSED = /\.gz$/i;

/** One input that is there. */
export interface InputFile {
  /** As the user named it. */
  readonly name: string;
  /** Absolute, undefined for stdin. */
  readonly path: string | undefined;
  /** Bytes on disk, undefined for stdin and pipes. */
  readonly size: number | undefined;
}

/** The name of an input in messages. */
export const displayName = (file: InputFile): string => (file.path === undefined ? "stdin" : file.name);

/**
 * Looks whether the named inputs can be read, before anything is done with them.
 *
 * @param when "may come": a file that is not there yet is fine, unless it is gzipped
 * @throws UsageError naming the first that cannot, and the nearest name in its folder
 */
export async function findInputs(
  names: readonly string[],
  io: Pick<Io, "cwd">,
  when: "there" | "may come" = "there",
): Promise<InputFile[]> {
  if (names.filter((name) => name === STDIN).length > 1)
    throw new UsageError("- stands for stdin and can be given once");
  return Promise.all(names.map((name) => findInput(name, io.cwd, when === "may come" && !COMPRESSED.test(name))));
}

async function findInput(name: string, cwd: string, mayCome: boolean): Promise<InputFile> {
  if (name === STDIN) return { name, path: undefined, size: undefined };
  const path = resolve(cwd, name);
  let found: Stats;
  try {
    found = await stat(path);
  } catch (error) {
    if (mayCome && codeOf(error) === "ENOENT") return { name, path, size: undefined };
    throw await unreadable(name, path, error);
  }
  if (found.isDirectory()) throw new UsageError(`${name} is a folder; name the files in it`);
  return { name, path, size: found.isFile() ? found.size : undefined };
}

/** Why a file cannot be opened, as one sentence. */
export async function unreadable(name: string, path: string, error: unknown): Promise<UsageError> {
  if (codeOf(error) !== "ENOENT") return new UsageError(`Cannot read ${name}: ${messageOf(error)}`);
  return new UsageError(`No such file: ${name}${await nearbyHint(path)}`);
}

/** `; did you mean X?` when the folder of a missing file holds one with a name like it, else "". */
export async function nearbyHint(path: string): Promise<string> {
  // Without the folder there is no near name to offer.
  const neighbours = await readdir(dirname(path)).catch(() => []);
  const near = nearest(basename(path), neighbours);
  return near === undefined ? "" : `; did you mean ${near}?`;
}

/**
 * The bytes of an input, gunzipped where it starts like gzip, whatever its name; what is named .gz must. Reading waits
 * while the consumer is busy.
 *
 * @param onRead called with the number of bytes read so far, before gunzipping
 * @throws UsageError when the input cannot be read or is no valid gzip
 */
export async function* bytesOf(file: InputFile, io: Io, onRead?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const source = file.path === undefined ? io.stdin : createReadStream(file.path, { highWaterMark: 256 * 1024 });
  try {
    yield* gunzipped(counted(source, onRead), displayName(file));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const zipped = codeOf(error)?.startsWith("Z_") === true;
    const [how, next] = zipped ? [" as gzip", "; it is cut off or damaged: copy it or compress it anew"] : ["", ""];
    throw new UsageError(`Cannot read ${displayName(file)}${how}: ${messageOf(error)}${next}`);
  }
}

async function* counted(
  source: AsyncIterable<Uint8Array>,
  onRead: ((bytes: number) => void) | undefined,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.byteLength;
    onRead?.(bytes);
    yield chunk;
  }
}

async function* gunzipped(source: AsyncGenerator<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  const head = await readHead(source);
  const whole = concatenated(head, source);
  if (COMPRESSED.test(name) && !isGzip(head)) {
    throw new UsageError(`${name} is not gzip, as its name says; rename it without .gz, or compress it anew`);
  }
  if (isGzip(head)) {
    yield* inflated(Readable.from(whole));
    return;
  }
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw new UsageError(`${name} is UTF-16; write it as UTF-8`);
  }
  yield* whole;
}

/** Gunzips; of a file that is cut off everything before the cut is handed out before the error. */
async function* inflated(compressed: Readable): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  let whole = false;
  // The error at the end would take along what was not yet read of the text.
  const endOnceTaken = (): void => {
    if (whole && gunzip.readableLength === 0 && !gunzip.writableEnded) gunzip.end();
  };
  compressed.on("error", (error) => gunzip.destroy(error));
  compressed.on("end", () =>
    gunzip.flush(() => {
      whole = true;
      endOnceTaken();
    }),
  );
  try {
    for await (const chunk of compressed.pipe(gunzip, { end: false })) {
      yield chunk;
      endOnceTaken();
    }
  } finally {
    compressed.destroy();
  }
}

const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** The first bytes, at least two where there are that many. */
async function readHead(source: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < 2) {
    const next = await source.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  return head;
}

async function* concatenated(head: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  yield* rest;
}
