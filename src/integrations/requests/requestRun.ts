import { sayOnce } from "../../sdk/notices";
import type { RunContext } from "../../sdk/runContext";

/** Statuses from here on say that the server failed. */
const SERVER_ERROR = 500;
/** Statuses from here on say that the request was refused: no answer of the agent. */
const CLIENT_ERROR = 400;

/** Stands for the error of an answer with a status of 500 and more where nothing that was thrown is known. */
class ServerErrorAnswer extends Error {
  constructor(status: number) {
    super(`HTTP ${status}`);
    this.name = `HttpStatus${status}`;
  }
}

/** Stands for the error of an answer that this process cut short where nothing that was thrown is known. */
class AnswerCutShort extends Error {
  override readonly name = "AnswerCutShort";
}

/**
 * The run of one request and how it ends: `final_answer` with an answer below 400, `completed` with one below 500 (unless
 * the agent told a final answer), `error` with one from 500 on and with a body that broke, `aborted` when the client went
 * away. Only the first end counts.
 */
export class RequestRun {
  readonly run: RunContext;
  readonly #route: string | undefined;
  #routeOf: (() => string | undefined) | undefined;
  #thrown: { readonly error: unknown } | undefined;

  /** @param route the pattern of the route, where it is known from the start */
  constructor(run: RunContext, route: string | undefined) {
    this.run = run;
    this.#route = route;
  }

  /** Whether somebody said how to find the pattern of the route. */
  get findsRoute(): boolean {
    return this.#routeOf !== undefined;
  }

  /** Says how to find the pattern of the route at the end, where it is not known from the start. */
  findRoute(routeOf: () => string | undefined): void {
    this.#routeOf ??= routeOf;
  }

  /** Something was thrown while the request was handled. It counts when the answer says that the server failed. */
  threw(error: unknown): void {
    this.#thrown ??= { error };
  }

  /** The answer is complete. */
  answered(status: number): void {
    if (this.run.ended !== undefined) return;
    if (status >= SERVER_ERROR) {
      const thrown = this.#thrown === undefined ? new ServerErrorAnswer(status) : this.#thrown.error;
      this.run.fail(thrown, undefined, { attrs: { ...this.#routeAttr(), status } });
      return;
    }
    if (status < CLIENT_ERROR) this.run.finalAnswer();
    this.run.end({ attrs: { ...this.#routeAttr(), status } });
  }

  /** The client went away before the answer was complete. */
  left(): void {
    if (this.run.ended !== undefined) return;
    this.run.end({ exitReason: "aborted", attrs: this.#routeAttr() });
  }

  /** The answer ended before it was complete, and not by the client. */
  broke(error?: unknown): void {
    if (this.run.ended !== undefined) return;
    const thrown = this.#thrown?.error ?? error ?? new AnswerCutShort("The answer was cut short.");
    this.run.fail(thrown, undefined, { attrs: this.#routeAttr() });
  }

  #routeAttr(): { route?: string } {
    const pattern = this.#route ?? this.#routeOf?.();
    return pattern === undefined ? {} : { route: pattern };
  }
}

/** Does something for a run; what fails there never reaches the answer, and is said once. */
export function guarded<T>(integration: string, act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    const type = error instanceof Error ? error.name : typeof error;
    sayOnce(`${integration} failed inside (${type}); the request goes on without it. Please report it.`);
    return undefined;
  }
}
