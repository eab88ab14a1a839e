import { CommanderError } from "commander";
import { LokiError } from "../logql/errors";
import { messageOf, OutputClosedError, UsageError } from "./errors";
import type { Io } from "./io";
import { buildProgram } from "./program";

/** Wrong use or unreadable input, and whatever else kept a command from doing what it was asked. */
const FAILED = 2;

/**
 * Runs one command.
 *
 * @param args without the names of node and the script
 * @returns the exit code: 0 fine, 1 findings (`check` and `doctor`), 2 wrong use or unreadable input
 */
export async function main(args: readonly string[], io: Io): Promise<number> {
  let help = "";
  const program = buildProgram(io, (text) => {
    help += text;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return io.exitCode;
  } catch (error) {
    if (error instanceof OutputClosedError) return io.exitCode;
    if (error instanceof CommanderError && error.exitCode === 0) {
      await io.stdout.write(help);
      return 0;
    }
    await io.stderr.write(help === "" ? `dunetrace: ${explain(error, io)}\n` : help).catch(ignoreClosed);
    return FAILED;
  }
}

function explain(error: unknown, io: Io): string {
  if (error instanceof CommanderError) return sentenceOf(error.message);
  if (error instanceof UsageError || error instanceof LokiError) return error.message;
  const details = error instanceof Error && (io.env.DUNETRACE_DEBUG ?? "") !== "" ? `\n${error.stack}` : "";
  return `internal error: ${messageOf(error)}; set DUNETRACE_DEBUG=1 for the stack and report it${details}`;
}

/** commander's `error: unknown option '--fali-on'\n(Did you mean --fail-on?)` as one sentence. */
function sentenceOf(message: string): string {
  const [what = "", hint] = message.replace(/^error: /, "").split("\n");
  const joined = what.replace(/ is invalid\. It (is|must be) /, " $1 ");
  const sentence = joined.charAt(0).toUpperCase() + joined.slice(1);
  if (what === "missing required argument 'files'") return `${sentence}; name a file, or - for stdin`;
  if (hint !== undefined) return `${sentence}; ${hint.replace(/^\(Did/, "did").replace(/\)$/, "")}`;
  return /^unknown (option|command)/.test(what) ? `${sentence}; --help lists what there is` : sentence;
}

/** There is nobody left to tell. */
function ignoreClosed(error: unknown): void {
  if (!(error instanceof OutputClosedError)) throw error;
}
