import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { testCollector } from "../../src/collector/testCollector";
import { FakeModels } from "../../src/integrations/models/testing/fakeModels";
import { listen, type Served } from "../../src/server/listen";
import { type JudgedRun, judgedRuns } from "./runs";

const execute = promisify(execFile);
const COMPILED = join(import.meta.dirname, "../../.cache/compiled");
const PROGRAM_MS = 120_000;

/** What a program left behind at the collector. */
export interface Collected {
  /** By their start. */
  readonly runs: readonly JudgedRun[];
  /** The lines as they were written. */
  readonly text: string;
  readonly stdout: string;
}

/** A collector that listens and a model server that answers, for programs that know nothing of either but their address. */
export class System {
  readonly models = new FakeModels();
  readonly #served: Served;
  readonly #collected: ReturnType<typeof testCollector>;

  private constructor(served: Served, collected: ReturnType<typeof testCollector>) {
    this.#served = served;
    this.#collected = collected;
  }

  static async start(options: Parameters<typeof testCollector>[0] = {}): Promise<System> {
    const collected = testCollector(options);
    const served = await listen((request) => collected.app.fetch(request), { port: 0 });
    const system = new System(served, collected);
    await system.models.listen();
    return system;
  }

  /** Base URL of the collector. */
  get url(): string {
    return this.#served.url;
  }

  get collector(): ReturnType<typeof testCollector>["collector"] {
    return this.#collected.collector;
  }

  /** Where programs send their spans and ask their model, as environment variables. */
  environment(home: string): Record<string, string> {
    return {
      PATH: process.env.PATH ?? "",
      HOME: home,
      // Kept beside the environments, which are installed without: compiling takes longer than a program runs.
      PYTHONPYCACHEPREFIX: COMPILED,
      HAYSTACK_TELEMETRY_ENABLED: "False",
      TRACELOOP_TELEMETRY: "false",
      OTEL_EXPORTER_OTLP_ENDPOINT: this.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
      MODEL_URL: this.models.url,
      OPENAI_API_KEY: "CANARY-key",
      ANTHROPIC_API_KEY: "CANARY-key",
    };
  }

  /** Runs a program to its end in a home of its own, and collects what it sent. */
  async run(
    python: string,
    program: string,
    args: readonly string[],
    more: Record<string, string> = {},
  ): Promise<Collected> {
    const stdout = await this.send(python, program, args, more);
    return { ...this.take(), stdout };
  }

  /**
   * Runs a program to its end and leaves what it sent in the collector.
   *
   * @returns its stdout
   * @throws Error with code or signal when it fails
   */
  async send(
    python: string,
    program: string,
    args: readonly string[],
    more: Record<string, string> = {},
  ): Promise<string> {
    const home = mkdtempSync(join(tmpdir(), "dunetrace-home-"));
    try {
      const options = {
        env: { ...this.environment(home), ...more },
        cwd: home,
        timeout: PROGRAM_MS,
        maxBuffer: 1 << 24,
      };
      const { stdout } = await execute(python, [program, ...args], options);
      return stdout;
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  }

  /** Closes every trace, as the end of the collector does, and hands out what was written since the last time. */
  take(): Omit<Collected, "stdout"> {
    this.#collected.collector.close();
    const { problems, written } = this.#collected;
    if (problems.length > 0) throw new Error(problems.join("\n"));
    const text = written.splice(0).join("");
    return { runs: judgedRuns(text), text };
  }

  async close(): Promise<void> {
    await Promise.all([this.models.close(), this.#served.close()]);
  }
}
