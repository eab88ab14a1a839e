import { withRun } from "./context";
import { isGenerator, watchGenerator } from "./generators";
import type { RunContext } from "./runContext";
import { type Outcome, settle } from "./settle";

/** Ends a run with what its function did. */
class RunOutcome implements Outcome {
  readonly #run: RunContext;
  readonly #isAnswer: (result: unknown) => boolean;
  /** The function returned a generator: the run ends with it. */
  generates = false;

  constructor(run: RunContext, isAnswer: (result: unknown) => boolean) {
    this.#run = run;
    this.#isAnswer = isAnswer;
  }

  returned(result: unknown): void {
    if (!this.generates) this.ended(result);
  }

  ended(result: unknown): void {
    if (this.#isAnswer(result)) this.#run.finalAnswer();
    this.#run.end();
  }

  threw(error: unknown): void {
    this.#run.fail(error);
  }
}

/**
 * Runs a function as the work of a run and ends the run with it: when it returns, when its promise settles, or when the
 * generator it returned ends; a generator whose consumer stops early is `aborted`. Results and errors come through
 * unchanged.
 *
 * @param isAnswer whether a result counts as the agent's final answer
 */
export function driveRun(run: RunContext, fn: () => unknown, isAnswer: (result: unknown) => boolean): unknown {
  const outcome = new RunOutcome(run, isAnswer);
  return withRun(run, () =>
    settle(() => {
      const result = fn();
      if (!isGenerator(result)) return result;
      outcome.generates = true;
      return watchGenerator(
        result,
        {
          returned: (value) => outcome.ended(value),
          threw: (error) => outcome.threw(error),
          left: () => run.end({ exitReason: "aborted" }),
        },
        (step) => withRun(run, step),
      );
    }, outcome),
  );
}
