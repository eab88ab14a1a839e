import type { IncomingMessage, ServerResponse } from "node:http";
import { isRecord } from "../../core/wire";
import { bindEmitter } from "./emitters";
import { guarded, type RequestRun } from "./requestRun";

/** The exchange of one request over node:http, or over node:http2 with its compatible API. */
export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

/** Ends the run of a request with the body of its answer, and makes the events of both happen inside the run. */
export function followAnswer(integration: string, { req, res }: Exchange, run: RequestRun): void {
  const close = (): void => {
    guarded(integration, () => {
      if (clientLeft(req, res)) run.left();
      else run.broke(res.errored ?? undefined);
    });
  };
  bindEmitter(req, run.run);
  bindEmitter(res, run.run);
  if (res.destroyed) {
    close();
    return;
  }
  res.once("finish", () => {
    // HTTP/2 tells it of answers that were given up too.
    if (res.writableEnded) guarded(integration, () => run.answered(res.statusCode));
  });
  res.once("close", close);
}

/** INTERNAL_ERROR of RFC 9113: how Node resets a stream that the program destroyed with an error. */
const HTTP2_INTERNAL_ERROR = 2;

/**
 * Whether the other side closed the connection. `req.aborted` and `req.errored` are the same when this process destroys it,
 * as frameworks do with an error after the headers; then the socket has seen neither an end nor an error.
 */
function clientLeft(req: IncomingMessage, res: ServerResponse): boolean {
  if (req.httpVersionMajor >= 2) {
    // The connection lives on when a request is given up.
    const stream: unknown = Reflect.get(req, "stream");
    return !(isRecord(stream) && stream.rstCode === HTTP2_INTERNAL_ERROR);
  }
  const { socket } = req;
  // A response that is destroyed with an error hands it to its socket.
  const failed = socket.errored !== undefined && socket.errored !== null && socket.errored !== res.errored;
  return socket.readableEnded || failed;
}
