import { guarded, type RequestRun } from "../requests/requestRun";
import { watchBody } from "./bodyEnd";

/** Whether a value can be an answer: of this realm or of an adapter with a class of its own. */
function isResponse(value: unknown): value is Response {
  return typeof value === "object" && value !== null && "status" in value && "headers" in value && "body" in value;
}

/**
 * Ends the run of a request with the body of its answer.
 *
 * @returns the answer to pass on, with the same status, headers and bytes
 */
export function followResponse<T>(integration: string, request: Request, response: T, run: RequestRun): T | Response {
  const followed = guarded(integration, () => follow(integration, request, response, run));
  return followed ?? response;
}

function follow(integration: string, request: Request, response: unknown, run: RequestRun): Response | undefined {
  if (!isResponse(response)) {
    run.run.end();
    return undefined;
  }
  const { body, status } = response;
  // HEAD: adapters drop the body without reading it. 1xx: the connection goes on as something else.
  if (body === null || body.locked || request.method === "HEAD" || status < 200) {
    run.answered(status);
    return undefined;
  }
  const signal = watchAbort(integration, request, run);
  const told = (tell: () => void): void => {
    guarded(integration, tell);
    signal.forget();
  };
  const watched = watchBody(body, run.run, {
    complete: () => told(() => run.answered(status)),
    cancelled: () => told(() => run.left()),
    broke: (error) => told(() => run.broke(error)),
  });
  return new Response(watched, response);
}

/** Ends the run when the client goes away, which the signal of the request tells where the server supports it. */
export function watchAbort(integration: string, request: Request, run: RequestRun): { forget(): void } {
  // Requests of tests and of some adapters have none.
  const signal: AbortSignal | undefined = request.signal;
  const left = (): void => {
    guarded(integration, () => run.left());
  };
  if (signal?.aborted) left();
  else signal?.addEventListener("abort", left);
  return { forget: () => signal?.removeEventListener("abort", left) };
}
