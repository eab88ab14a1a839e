import { type Dunetrace, PolicyViolation } from "../../sdk";
import { coverCalls } from "../../sdk/belowCall";
import { getCurrentRun } from "../../sdk/context";
import { ask } from "../requests/options";
import { endingOf, isPause, isSteering } from "./ending";
import { modelStartOf } from "./model";
import type { LangChainOptions } from "./options";
import type { RootRun, Work } from "./rootRun";
import { RootRuns } from "./rootRuns";

/** What LangChain tells of any component that starts. */
export interface Started {
  readonly runId: string;
  readonly parentRunId: string | undefined;
  readonly name: string | undefined;
  readonly metadata: unknown;
  /** What it was called with, and how the user's input is read out of that. */
  readonly inputs: unknown;
  readonly readInput: (inputs: unknown) => unknown;
}

/** Tells what LangChain's components do to the runs they belong to. */
export class Told {
  /** Id of the run that was started last. */
  lastRunId: string | undefined;
  readonly #runs: RootRuns;
  readonly #options: LangChainOptions;

  constructor(dt: Dunetrace, options: LangChainOptions) {
    this.#options = options;
    this.#runs = new RootRuns(dt, options);
  }

  /** A component starts; without a known parent it is a run of its own. */
  start(started: Started, begin: (root: RootRun) => Work): void {
    const { runId, parentRunId, name, metadata, inputs, readInput } = started;
    // The same handler may be given twice.
    if (this.#runs.of(runId) !== undefined) return;
    const { inputFrom } = this.#options;
    const { root, isNew } = this.#runs.under(parentRunId, () => {
      const picked =
        inputFrom === undefined
          ? readInput(inputs)
          : ask("DunetraceCallbackHandler", "inputFrom", () => inputFrom(inputs));
      return { id: runId, name, metadata, input: picked };
    });
    if (isNew) this.lastRunId = runId;
    root.mayGoOn();
    try {
      this.#runs.begin(
        runId,
        root,
        root.tell(() => begin(root)),
      );
    } catch (error) {
      if (isNew) this.#fail(root, error);
      throw error;
    }
  }

  /** A model is called. */
  startModel(started: Started, extraParams: unknown): void {
    this.start(started, ({ run }) => {
      const { model, ...options } = modelStartOf(extraParams, started.metadata);
      // An instrumented client below would tell the same call to the run around this one.
      const around = getCurrentRun();
      const uncover = around === undefined ? undefined : coverCalls(around);
      return { kind: "llm", call: run.llmCalled(model, options), started: performance.now(), uncover };
    });
  }

  /** A model gave a piece of its answer. */
  token(runId: string): void {
    const root = this.#runs.of(runId);
    const work = root?.works.get(runId);
    if (root === undefined || work?.kind !== "llm" || root.firstTokens.has(runId)) return;
    root.firstTokens.set(runId, performance.now() - work.started);
  }

  /** A component ended well. */
  end(runId: string, kind: Work["kind"], answer: object): void {
    this.#ended(runId, kind, answer, (root) => {
      this.#runs.forget(root);
      root.run.end({ exitReason: root.paused ? "completed" : "final_answer" });
    });
  }

  /** A component failed. */
  fail(runId: string, kind: Work["kind"], error: unknown): void {
    const root = this.#runs.of(runId);
    if (root !== undefined && isPause(error)) root.paused = true;
    const answer = isSteering(error) ? {} : { error: error ?? "unknown" };
    this.#ended(runId, kind, answer, (ended) => this.#fail(ended, error));
  }

  #ended(runId: string, kind: Work["kind"], answer: object, endRoot: (root: RootRun) => void): void {
    const root = this.#runs.of(runId);
    const firstTokenMs = root?.firstTokens.get(runId);
    const work = this.#runs.end(runId, kind);
    if (root === undefined || work === undefined) return;
    root.firstTokens.delete(runId);
    if (work.kind === "llm") work.uncover?.();
    try {
      if (work.kind === "llm") root.tell(() => work.call.responded({ ...answer, firstTokenMs }));
      else if (work.kind !== "chain") root.tell(() => work.call.responded(answer));
    } finally {
      if (root.id === runId) endRoot(root);
    }
  }

  #fail(root: RootRun, error: unknown): void {
    this.#runs.forget(root);
    const exitReason = error instanceof PolicyViolation ? undefined : endingOf(error);
    if (exitReason === undefined) root.run.fail(error);
    else root.run.end({ exitReason });
  }
}
