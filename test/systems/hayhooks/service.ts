import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { System } from "../system";

const PIPELINES = join(import.meta.dirname, "pipelines");
const START_MS = 120_000;
const STOP_MS = 10_000;
const LOOK_MS = 100;

export interface ServiceOptions {
  /** What comes after `hayhooks`; `run` by default. */
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** A folder of wrappers; that of this folder by default. */
  readonly pipelines?: string;
}

/** A Hayhooks server as its users start it, which sends its spans to a collector. */
export class Service {
  static readonly #running = new Set<Service>();
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #home: string;
  readonly #exited: Promise<void>;
  readonly #kill = (): void => void this.#process.kill("SIGKILL");
  #log = "";

  private constructor(url: string, started: ChildProcess, home: string) {
    this.url = url;
    this.#process = started;
    this.#home = home;
    this.#exited = new Promise((resolve) => {
      started.once("exit", () => resolve());
      started.once("error", () => resolve());
    });
    for (const stream of [started.stdout, started.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#log += text;
      });
    }
    process.once("exit", this.#kill);
    Service.#running.add(this);
  }

  /** @throws Error with the server's log when it does not answer `/status` in time */
  static async start(python: string, system: System, options: ServiceOptions = {}): Promise<Service> {
    const { command = ["run"], environment = {}, pipelines: from = PIPELINES } = options;
    const home = mkdtempSync(join(tmpdir(), "dunetrace-hayhooks-"));
    // A copy: what is deployed over HTTP is saved there.
    const pipelines = join(home, "pipelines");
    mkdirSync(pipelines);
    cpSync(from, pipelines, { recursive: true });
    const port = await freePort();
    const args = [join(dirname(python), "hayhooks"), ...command, "--host", "127.0.0.1", "--port", `${port}`];
    const started = spawn(python, args, {
      cwd: home,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...system.environment(home),
        // As the page of Hayhooks about tracing has them.
        OTEL_SERVICE_NAME: "hayhooks",
        OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
        OTEL_TRACES_SAMPLER_ARG: "1.0",
        HAYHOOKS_TRACING_EXCLUDED_SPANS: '["send", "receive"]',
        HAYHOOKS_PIPELINES_DIR: pipelines,
        HAYSTACK_CONTENT_TRACING_ENABLED: "true",
        // In parallel, its default, one of them fails now and then, while several threads import the same packages.
        HAYHOOKS_STARTUP_DEPLOY_STRATEGY: "sequential",
        // Spans come soon: no test waits for five seconds.
        OTEL_BSP_SCHEDULE_DELAY: "100",
        PYTHONDONTWRITEBYTECODE: "1",
        ...environment,
      },
    });
    const service = new Service(`http://127.0.0.1:${port}`, started, home);
    await service.#answering();
    return service;
  }

  async #answering(): Promise<void> {
    const deadline = Date.now() + START_MS;
    while (this.#process.exitCode === null && this.#process.signalCode === null && Date.now() < deadline) {
      const answered = await fetch(`${this.url}/status`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (answered) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    await this.stop();
    throw new Error(`hayhooks did not answer ${this.url}/status:\n${this.#log}`);
  }

  /** What it has written so far. */
  get log(): string {
    return this.#log;
  }

  /** Ends all, also those whose test gave up before they answered. */
  static async stopAll(): Promise<void> {
    await Promise.all([...Service.#running].map((service) => service.stop()));
  }

  /** Ends it, and removes what it wrote. Spans of the last moments may be lost: wait for them before. */
  async stop(): Promise<void> {
    this.#process.kill("SIGTERM");
    const timer = setTimeout(this.#kill, STOP_MS);
    await this.#exited;
    clearTimeout(timer);
    process.off("exit", this.#kill);
    Service.#running.delete(this);
    rmSync(this.#home, { recursive: true, force: true });
  }
}

/** Hayhooks takes port 0 for none given. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("there is no free port");
  return address.port;
}
