import { agentIdOf, RunEncoder, type Scalar } from "../core/wire";
import type { Moment } from "./calls";
import { reserveTs } from "./clock";
import { rulesOf } from "./detectors";
import { driveRun } from "./drive";
import type { RunHook } from "./hooks";
import { runUrl } from "./link";
import { sayOnce } from "./notices";
import type { DunetraceOptions, RunOptions } from "./options";
import { type InputFrom, inputOf, parametersOf } from "./parameters";
import type { PolicyOptions } from "./policies/policySet";
import { RunRecorder } from "./recorder";
import { RunContext } from "./runContext";
import { type Setup, setUp } from "./setup";
import { headOf, startedPayload } from "./startRun";
import { type AnyFunction, type ToolOptions, wrapTool } from "./tool";
import { attempt, optionalName, scalarsOf } from "./values";

/** How long `flush` and `shutdown` wait where nothing else is said, ms. */
const DEFAULT_TIMEOUT_MS = 5000;
const NO_OUTPUT =
  "no output is configured, so runs stay in memory and no line is written. Pass emitAsJson: true for stdout, or file, logger, endpoint or loki.";

/** What an agent function is opened with: the options of its runs, and where their input comes from. */
export interface AgentOptions extends Omit<RunOptions, "userInput" | "runId" | "parentRunId"> {
  /** Default: the client's `agentId`, else the name of the function. */
  readonly agentId?: string | undefined;
  /** The parameter, or the key of a single object argument, that is the user's input, or a function that picks it. Default: the first argument. */
  readonly inputFrom?: InputFrom | undefined;
}

/** Details of a deployment. */
export interface DeployDetails {
  readonly commit?: string | undefined;
  /** Default: the client's environment. */
  readonly environment?: string | undefined;
  /** Flat details; written as they are. */
  readonly meta?: Readonly<Record<string, Scalar>> | undefined;
}

export interface TimeLimit {
  /** The longest to wait, ms. Default: 5000. */
  readonly timeoutMs?: number | undefined;
}

/** What a client lost or got wrong so far. */
export interface Counters {
  /** Lines lost by output. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Lines that were taken, by output that sends requests; left out when there is none. */
  readonly sent?: Readonly<Record<string, number>>;
  /** Requests that failed and were, or will be, sent again, by output; left out when there is none. */
  readonly retried?: Readonly<Record<string, number>>;
  /** Faults inside the SDK that were kept from the agent. */
  readonly faults: number;
}

/** A function given where a run's options may stand too. */
type RunFunction = (run: RunContext) => unknown;

/**
 * Turns the runs of AI agents into log lines for Loki, without their content, and says what went wrong in them. The
 * constructor throws on options that are not valid; after that nothing here throws into the agent, except the
 * PolicyViolation a policy asks for.
 *
 * @example
 * const dt = new Dunetrace({ emitAsJson: true });
 * const search = dt.tool(webSearch);
 * await dt.run("research", { userInput, model: "gpt-4o", tools: ["webSearch"] }, async (run) => {
 *   const answer = await run.llm("gpt-4o", () => openai.chat.completions.create({ model: "gpt-4o", messages }));
 *   const found = await search(answer.choices[0].message.content);
 *   run.finalAnswer();
 * });
 * await dt.shutdown({ timeoutMs: 5000 });
 */
export class Dunetrace {
  readonly #setup: Setup;
  readonly #hooks: RunHook[] = [];

  /** @throws OptionsError, DetectorConfigError, BaselineFileError or PriceOverrideError, naming what to change */
  constructor(options: DunetraceOptions = {}) {
    this.#setup = setUp(options, process.env);
  }

  /**
   * Runs a function as one run of an agent. `getCurrentRun()` and wrapped tools find the run, through everything the
   * function awaits; a run inside another names it as its parent.
   *
   * The run ends with the function: exit_reason `final_answer` after `run.finalAnswer()` and when the function resolves to
   * something, `completed` when it resolves to undefined, `error` when it throws.
   *
   * @returns what the function returned
   * @throws what the function threw, unchanged
   * @example
   * const answer = await dt.run("support", { userInput: question, sessionId }, (run) => agent.ask(question));
   */
  run<T>(agentId: string, fn: (run: RunContext) => PromiseLike<T>): Promise<T>;
  run<T>(agentId: string, fn: (run: RunContext) => T): T;
  run<T>(agentId: string, options: RunOptions, fn: (run: RunContext) => PromiseLike<T>): Promise<T>;
  run<T>(agentId: string, options: RunOptions, fn: (run: RunContext) => T): T;
  run(agentId: string, second: RunOptions | RunFunction, third?: RunFunction): unknown {
    const options = typeof second === "function" ? {} : second;
    const fn = typeof second === "function" ? second : third;
    if (typeof fn !== "function") throw new TypeError("dt.run needs the function to run as its last argument.");
    const run = this.startRun(agentId, options);
    return driveRun(
      run,
      () => fn(run),
      (result) => result !== undefined,
    );
  }

  /**
   * Makes every call of a function a run. Its normal return is the final answer; an agent that is a generator answers when
   * it ends.
   *
   * @returns a function that behaves as the one given
   * @example
   * const ask = dt.agent({ agentId: "support", model: "gpt-4o", inputFrom: "question" },
   *   async (question: string) => agent.ask(question));
   * await ask("Where is my order?");
   */
  agent<F extends AnyFunction>(options: AgentOptions, fn: F): F {
    const { agentId, inputFrom, ...runOptions } = options;
    const parameters = parametersOf(fn);
    const id = optionalName(agentId) ?? this.#setup.defaults.agentId ?? optionalName(fn.name);
    return new Proxy(fn, {
      apply: (target, self: unknown, args: unknown[]): unknown => {
        let userInput: unknown;
        try {
          userInput = inputOf(inputFrom, parameters, args);
        } catch (error) {
          this.#setup.recording.faults.note("reading the input of an agent", error);
        }
        const run = this.startRun(id, { ...runOptions, userInput });
        return driveRun(
          run,
          () => Reflect.apply(target, self, args),
          () => true,
        );
      },
    });
  }

  /**
   * Makes every call of a function a run of the agent named like the function.
   *
   * @example
   * const ask = dt.trace(async function support(question: string) {
   *   return agent.ask(question);
   * });
   */
  trace<F extends AnyFunction>(fn: F, options: AgentOptions = {}): F {
    return this.agent({ ...options, agentId: optionalName(options.agentId) ?? optionalName(fn.name) }, fn);
  }

  /**
   * Makes a function tell its calls to the active run: name, hashed arguments, success, length of the result, time. Works
   * with sync and async functions, keeps their name, `this` and errors, and does nothing outside of runs.
   *
   * @example
   * const search = dt.tool(async function webSearch(query: string) {
   *   return fetchResults(query);
   * });
   */
  tool<F extends AnyFunction>(fn: F, options: ToolOptions = {}): F {
    return wrapTool(fn, options);
  }

  /**
   * Opens a run that is ended by `run.end()` or `run.fail(error)`, for code that works with callbacks. Inside
   * `run.within(fn)` it is the active run.
   *
   * @param moment for integrations that tell a run later
   */
  startRun(agentId?: string, options: RunOptions = {}, moment?: Moment): RunContext {
    try {
      return this.#open(agentId, options, moment);
    } catch (error) {
      this.#setup.recording.faults.note("starting a run", error);
      return this.#open(agentId, {}, moment);
    }
  }

  #open(agentId: unknown, options: RunOptions, moment: Moment | undefined): RunContext {
    const { recording, defaults, detectors, baselines, policies, grafanaUrl } = this.#setup;
    if (!recording.outputs.any) sayOnce(NO_OUTPUT);
    const head = headOf(agentId, options, defaults, recording.content);
    const started = startedPayload(options, defaults, recording.content);
    const settings = detectors.settingsFor(head.agent_id);
    const baseline = baselines.baselineOf(head.agent_id, head.agent_version ?? "");
    const recorder = new RunRecorder(recording, head, { settings, baseline, rules: rulesOf(settings) });
    const { run_id: runId, agent_id, parent_run_id: parentRunId } = head;
    const url = runUrl(grafanaUrl, runId);
    const identity = { runId, agentId: agent_id, parentRunId, url };
    const run = new RunContext(identity, recorder, this.#hooks, policies.for(agent_id));
    run.start(started, moment);
    return run;
  }

  /**
   * Marks a deployment: dashboards draw it as a line, and signals before and after it can be compared.
   *
   * @example dt.markDeploy("support", "2.4.0", { commit: "1f3a9c2" });
   */
  markDeploy(agentId: string, version: string, details: DeployDetails = {}): void {
    const { recording, defaults } = this.#setup;
    const { outputs, timeline, clock, maxLineBytes, faults } = recording;
    try {
      if (!outputs.any) {
        sayOnce(NO_OUTPUT);
        return;
      }
      const agent_version = optionalName(version) ?? "unknown";
      const agent_id = agentIdOf(optionalName(agentId) ?? defaults.agentId ?? "agent");
      const environment = optionalName(details.environment) ?? defaults.environment;
      const encoder = new RunEncoder({ agent_id, run_id: "", agent_version }, maxLineBytes);
      const time = reserveTs(timeline, clock());
      const line = encoder.encode({
        event_type: "deploy.marker",
        level: "info",
        time,
        written: time,
        step_index: 0,
        payload: {
          version: agent_version,
          commit: optionalName(details.commit),
          environment,
          meta: scalarsOf(details.meta),
        },
      });
      outputs.write(line, "info");
    } catch (error) {
      faults.note("marking a deployment", error);
    }
  }

  /**
   * Adds a policy for runs from now on: evaluated after every tool call, tool answer and model answer, without a backend.
   *
   * @throws PolicyError naming what is not valid
   * @example
   * dt.addPolicy({
   *   name: "cap tool calls",
   *   condition: { trigger: "tool_call_count", operator: "gt", value: 5 },
   *   action: { type: "stop" },
   * });
   */
  addPolicy(policy: PolicyOptions): void {
    this.#setup.policies.add(policy);
  }

  /** Lets an exporter or a guard take part in all runs from now on. */
  addHook(hook: RunHook): void {
    this.#hooks.push(hook);
  }

  /** Lines lost, lines sent and faults kept from the agent so far. */
  get counters(): Counters {
    const { outputs, faults } = this.#setup.recording;
    return { ...outputs.counts, faults: faults.count };
  }

  /** Waits until all outputs have written what they took, `timeoutMs` at most. Never rejects; after `shutdown` it does nothing. */
  async flush(limit: TimeLimit = {}): Promise<void> {
    await this.#setup.recording.outputs.flush(timeoutOf(limit));
  }

  /**
   * Flushes and closes the outputs, `timeoutMs` at most; to be called once at the end. Later calls wait for the same. Runs
   * that go on keep working, but their lines are lost and counted.
   */
  async shutdown(limit: TimeLimit = {}): Promise<void> {
    this.#setup.recording.watchdog.stop();
    await this.#setup.recording.outputs.close(timeoutOf(limit));
  }
}

function timeoutOf(limit: TimeLimit): number {
  const timeoutMs = attempt(() => limit.timeoutMs);
  return typeof timeoutMs === "number" && timeoutMs >= 0 ? Math.min(timeoutMs, 2 ** 31 - 1) : DEFAULT_TIMEOUT_MS;
}
