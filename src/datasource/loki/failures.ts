import { type Asked, failureOf, refusalOf } from "../../logql/client/failures";
import { LokiError } from "../../logql/errors";
import { isRecord, textOf } from "./record";

/** What Grafana's shapes of errors have in common: `DataQueryError`, `FetchError` and plain errors. */
interface Failure {
  readonly status: number | undefined;
  readonly text: string;
}

const PARSE = /parse error|syntax error|invalid (?:expression|query)/i;
const FORBIDDEN = /access denied|permission denied|forbidden|unauthori[sz]ed/i;

function read(error: unknown): Failure {
  if (typeof error === "string") return { status: undefined, text: error };
  if (!isRecord(error)) return { status: undefined, text: "" };
  const data = isRecord(error.data) ? error.data : {};
  const text =
    textOf(data.message) ??
    textOf(data.error) ??
    textOf(error.message) ??
    textOf(error.statusText) ??
    textOf(error.data);
  const status = [error.status, error.statusCode, data.statusCode].find(
    (value) => typeof value === "number" && value > 0,
  );
  return { status: typeof status === "number" ? status : undefined, text: text ?? "" };
}

/** Grafana gives some errors of Loki without their status; its words tell. */
function statusOf({ status, text }: Failure): number | undefined {
  if (status !== undefined && status >= 400) return status;
  if (PARSE.test(text)) return 400;
  if (FORBIDDEN.test(text)) return 403;
  if (/too many (?:outstanding )?requests/i.test(text)) return 429;
  if (/deadline exceeded|timed? ?out/i.test(text)) return 504;
  return undefined;
}

/**
 * An error of Grafana or of its Loki datasource in our terms.
 *
 * @param asked what was asked of which datasource
 */
export function lokiErrorOf(error: unknown, asked: Asked): LokiError {
  if (error instanceof LokiError) return error;
  const failure = read(error);
  if (isRecord(error) && (error.cancelled === true || error.type === "cancelled")) return abortedError(asked);
  const status = statusOf(failure);
  if (status === undefined) {
    const said = failure.text === "" ? "no text" : failure.text;
    return failureOf("unavailable", `Loki gave no answer (${said})`, asked, error);
  }
  if (status === 401 || status === 403) {
    return new LokiError({
      kind: "unauthorised",
      message: `${asked.url} refused the question (${status}): ${failure.text || "without a text"}; ask for the permission to query this datasource, or have its credentials and tenant checked`,
      status,
      text: failure.text,
      cause: error,
    });
  }
  if (status === 502) {
    return failureOf(
      "timeout",
      `A gateway before Loki gave up (502): ${failure.text || "without a text"}`,
      asked,
      error,
    );
  }
  return refusalOf(status, failure.text, asked);
}

export const abortedError = (asked: Asked): LokiError => failureOf("aborted", "The question was called off", asked);

/** A setting that keeps every question from being asked: what is wrong and where to mend it. */
export function settingsError(message: string): LokiError {
  return new LokiError({ kind: "missing", message });
}
