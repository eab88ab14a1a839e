import type { RunHook } from "./hooks";
import type { PolicyViolation } from "./policyViolation";
import type { RecordedEvent } from "./recordedEvent";
import type { RunRecorder } from "./recorder";
import type { RunContext } from "./runContext";

/** Records events of one run and lets hooks see them. */
export class EventLog {
  readonly recorder: RunRecorder;
  /** The policy violation that was thrown into the application, even if it was caught there. */
  violation: PolicyViolation | undefined;
  readonly #hooks: readonly RunHook[];
  readonly #run: RunContext;
  #stop: PolicyViolation | undefined;

  constructor(recorder: RunRecorder, hooks: readonly RunHook[], run: RunContext) {
    this.recorder = recorder;
    this.#hooks = hooks;
    this.#run = run;
  }

  /** False after the end of the run: what comes then is not recorded, because facts and verdict are written. */
  isOpen(what: string): boolean {
    if (!this.recorder.ended) return true;
    this.recorder.recording.faults.tell("late", `${what} after the end of its run: it is not recorded`);
    return false;
  }

  /** @param mayStop whether a hook may stop the run here */
  record(event: RecordedEvent, mayStop: boolean): void {
    this.recorder.record(event);
    for (const hook of this.#hooks) {
      try {
        if (event.event_type === "run.started") {
          hook.started?.(this.#run, event);
          continue;
        }
        const violation = hook.afterEvent?.(this.#run, event);
        if (mayStop) this.#stop ??= violation;
      } catch (error) {
        this.recorder.recording.faults.note("a hook", error);
      }
    }
  }

  /**
   * Throws again what stopped the run, until it has ended: to be called before a call is made. An agent that answers its
   * model with the message of a failed tool catches the violation too, and would go on.
   */
  refuseIfStopped(): void {
    if (this.violation !== undefined && !this.recorder.ended) throw this.violation;
  }

  /** Throws the violation a hook asked for, once. */
  stopIfAsked(): void {
    const violation = this.#stop;
    if (violation === undefined) return;
    this.#stop = undefined;
    this.violation ??= violation;
    throw violation;
  }
}
