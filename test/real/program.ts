import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { register, signalGroup } from "./registry";
import { waitFor } from "./waitFor";

/** A program that a test started: it runs until the test stops it, at the latest until the test file is over. */
export interface RealProgram {
  /** Base address without a slash at its end, the same after a restart. */
  readonly url: string;
  /** The folder of its configuration, data and log. */
  readonly dir: string;
  readonly pid: number | undefined;
  /** The last part of what it wrote to stdout and stderr. */
  logs(): string;
  /** Asks it to end (SIGTERM) and waits until it has. */
  stop(): Promise<void>;
  /** Ends it without a chance to write anything (SIGKILL), and waits until it is gone. */
  kill(): Promise<void>;
  /** Starts it again where it is not running: same folder, same ports. Resolves when it is ready. */
  start(): Promise<void>;
  /** `stop`, then `start`. */
  restart(): Promise<void>;
}

export interface ProgramSetting {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly url: string;
  readonly dir: string;
  /** Asked until it gives an answer that `isReady` takes. */
  readonly readyPath: string;
  readonly isReady: (status: number) => boolean;
}

/** One of the ports that were chosen was taken by another program meanwhile. */
export class PortTakenError extends Error {
  override readonly name = "PortTakenError";
}

const READY_MS = 60_000;
/** Promtail gives a batch that cannot be sent 30 s. */
const STOP_MS = 45_000;
const LOG_CHARS = 8_000;

export class Program implements RealProgram {
  readonly url: string;
  readonly dir: string;
  readonly #setting: ProgramSetting;
  #child: ChildProcess | undefined;

  constructor(setting: ProgramSetting) {
    this.url = setting.url;
    this.dir = setting.dir;
    this.#setting = setting;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  logs(): string {
    const file = this.#logFile;
    return existsSync(file) ? readFileSync(file, "utf8").slice(-LOG_CHARS) : "";
  }

  async start(): Promise<void> {
    if (this.#child !== undefined) throw new Error(`${this.#setting.name} is running already, at ${this.url}`);
    const { name, file, args, env, dir } = this.#setting;
    const log = openSync(this.#logFile, "a");
    // In a group of its own: a program that a script starts gets its signals too.
    const child = spawn(file, args, {
      cwd: dir,
      env: { ...process.env, ...env },
      stdio: ["ignore", log, log],
      detached: true,
    });
    closeSync(log);
    this.#child = child;
    let failure: Error | undefined;
    child.once("error", (error) => {
      failure = new Error(`Cannot run ${file}: ${error.message}`, { cause: error });
      this.#child = undefined;
    });
    const release = register(child);
    child.once("exit", (code, signal) => {
      release();
      this.#child = undefined;
      failure ??= this.#ended(code, signal);
    });
    try {
      await waitFor(
        async () => {
          if (failure !== undefined) throw failure;
          return this.#answers();
        },
        { deadlineMs: READY_MS, what: () => `${name} to be ready at ${this.url}; its log ends with:\n${this.logs()}` },
      );
    } catch (error) {
      await this.kill();
      throw error;
    }
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const exit = once(child, "exit");
    let forced = false;
    const force = setTimeout(() => {
      forced = true;
      signalGroup(child, "SIGKILL");
    }, STOP_MS);
    signalGroup(child, "SIGTERM");
    await exit;
    clearTimeout(force);
    if (forced) {
      const { name } = this.#setting;
      throw new Error(`${name} did not end within ${STOP_MS} ms of SIGTERM; its log ends with:\n${this.logs()}`);
    }
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const exit = once(child, "exit");
    signalGroup(child, "SIGKILL");
    await exit;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  get #logFile(): string {
    return `${this.dir}/${this.#setting.name}.log`;
  }

  async #answers(): Promise<true | undefined> {
    const { readyPath, isReady } = this.#setting;
    try {
      const answer = await fetch(this.url + readyPath, { signal: AbortSignal.timeout(2_000) });
      await answer.arrayBuffer();
      return isReady(answer.status) ? true : undefined;
    } catch {
      // Nobody listens yet; `failure` tells of a program that will never do so.
      return undefined;
    }
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): Error {
    const logs = this.logs();
    const message = `${this.#setting.name} ended with ${signal ?? `code ${code}`}; its log ends with:\n${logs}`;
    return logs.includes("address already in use") ? new PortTakenError(message) : new Error(message);
  }
}
