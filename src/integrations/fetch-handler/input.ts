import { inputOf, type RequestSource } from "../requests/openRun";
import { ask, tellThrown } from "../requests/options";

/**
 * The user's input of a request, whose option may be asynchronous here.
 *
 * @param requestOf the request for the option, made only when there is one
 */
export async function readInput<R>(source: RequestSource<R>, requestOf: () => R): Promise<unknown> {
  const { integration, options } = source;
  if (options.inputFrom === undefined) return undefined;
  const request = ask(integration, "inputFrom", requestOf);
  if (request === undefined) return undefined;
  try {
    return await inputOf(source, request);
  } catch (error) {
    tellThrown(integration, "inputFrom", error);
    return undefined;
  }
}
