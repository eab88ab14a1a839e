import type { RequestRun } from "../requests/requestRun";

/** What Next.js throws to redirect, to answer 404 and to leave static rendering, by the start of `digest`. */
const CONTROL_FLOW = ["NEXT_", "DYNAMIC_SERVER_USAGE", "BAILOUT_TO_CLIENT_SIDE_RENDERING"];

function isControlFlow(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const digest: unknown = Reflect.get(error, "digest");
  return typeof digest === "string" && CONTROL_FLOW.some((start) => digest.startsWith(start));
}

/** Ends the run of a handler that threw. Frameworks also throw answers: a `Response`, or a sign for the framework. */
export function endWithThrown(run: RequestRun, error: unknown): void {
  if (isControlFlow(error)) {
    run.run.end();
  } else if (error instanceof Response) {
    run.threw(error);
    run.answered(error.status);
  } else {
    run.broke(error);
  }
}
