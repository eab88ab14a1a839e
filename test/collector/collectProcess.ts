import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { protobufOf, recorded, SYSTEMS, traceLike } from "../../bench/collector/requests.mjs";

const CLI = join(import.meta.dirname, "../../lib/cli.mjs");
const PATIENCE_MS = 30_000;
const RECORDED = SYSTEMS.map(recorded);

/** The run that the collector makes of the trace with this number. */
export const runIdOf = (number: number): string =>
  `a${(number + 1).toString(16).padStart(31, "0")}`.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** The body of an export with one trace of a real system, the same for the same number and time. */
export function bodyOf(number: number, endMs: number): Uint8Array<ArrayBuffer> {
  const request = RECORDED[number % RECORDED.length];
  if (request === undefined) throw new Error("no request was recorded");
  return Uint8Array.from(protobufOf(traceLike(request, number, endMs)));
}

/** `dunetrace collect` as its users start it: the built command in a process of its own. */
export class CollectProcess {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #stderr: () => string;

  private constructor(url: string, child: ChildProcess, stderr: () => string) {
    this.url = url;
    this.#child = child;
    this.#ended = once(child, "exit");
    this.#stderr = stderr;
  }

  /** @throws Error when it does not say within 30 s that it listens */
  static async start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CollectProcess> {
    if (!existsSync(CLI)) throw new Error("lib/ is missing: run `npm run build` first");
    const child = spawn(process.execPath, [CLI, "collect", "--listen", "127.0.0.1:0", ...args], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    // A test that fails leaves it behind.
    process.once("exit", () => child.kill("SIGKILL"));
    let text = "";
    child.stderr.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const [, url] = /Collecting on (\S+),/.exec(text) ?? [];
      if (url !== undefined) return new CollectProcess(url, child, () => text);
      if (child.exitCode !== null || performance.now() > deadline) {
        child.kill("SIGKILL");
        throw new Error(`it does not listen: ${text}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** What it wrote to stderr. */
  get stderr(): string {
    return this.#stderr();
  }

  /** Ends it. @returns its exit code, null where it was killed */
  async end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null> {
    if (this.#child.exitCode === null) this.#child.kill(signal);
    await this.#ended;
    return this.#child.exitCode;
  }

  async send(number: number, endMs: number): Promise<number> {
    const headers = { "content-type": "application/x-protobuf" };
    const answer = await fetch(`${this.url}/v1/traces`, { method: "POST", headers, body: bodyOf(number, endMs) });
    await answer.arrayBuffer();
    return answer.status;
  }

  /** A number of `/metrics`, the sum over its labels. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const values = [...text.matchAll(new RegExp(`^${name}(?:\\{[^\\n]*\\})? (\\d+)$`, "gm"))].map(([, value]) =>
      Number(value),
    );
    if (values.length === 0 && !text.includes(`# TYPE ${name} `)) throw new Error(`there is no ${name}`);
    return values.reduce((sum, value) => sum + value, 0);
  }
}
