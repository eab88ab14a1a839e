import { OptionsError } from "../../sdk/optionValues";

/** How calls of the openai package are told. */
export interface OpenAIOptions {
  /**
   * Asks the server for the tokens of streams where the program does not: sets `stream_options.include_usage`, and keeps
   * what the server adds for it from the program. A body read through `asResponse()` has it. Default: false, because servers
   * that are only like OpenAI's may refuse the field.
   */
  readonly includeUsage?: boolean | undefined;
}

/**
 * @param place how messages name who was given the options
 * @throws OptionsError naming what is not valid
 */
export function checkOpenAIOptions(options: object, place: string): OpenAIOptions {
  const unknown = Object.keys(options).find((name) => name !== "includeUsage");
  if (unknown !== undefined) throw new OptionsError(`Unknown option "${unknown}" of ${place}. It knows includeUsage.`);
  const includeUsage: unknown = Reflect.get(options, "includeUsage");
  if (includeUsage !== undefined && typeof includeUsage !== "boolean") {
    throw new OptionsError(`The option "includeUsage" of ${place} must be true or false.`);
  }
  return { includeUsage };
}
