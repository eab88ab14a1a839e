import { Command } from "commander";
import { SDK_VERSION } from "../sdk/version";
import { registerBaselines } from "./commands/baselines";
import { registerCheck } from "./commands/check";
import { registerCollect } from "./commands/collect";
import { registerDemo } from "./commands/demo";
import { registerDev } from "./commands/dev";
import { registerDoctor } from "./commands/doctor";
import { registerLoki } from "./commands/loki";
import { registerPrecision } from "./commands/precision";
import { registerRules } from "./commands/rules";
import { registerRun } from "./commands/run";
import { registerRuns } from "./commands/runs";
import { registerSchema } from "./commands/schema";
import { registerSignals } from "./commands/signals";
import type { Io } from "./io";

const EXIT_CODES = `
Exit codes: 0 fine, 1 findings (check and doctor), 2 wrong use or unreadable input.`;

/** The `dunetrace` command. Parsing throws a CommanderError where commander itself would end the process. */
export function buildProgram(io: Io, write: (text: string) => void): Command {
  const program = new Command("dunetrace")
    .description("Runs and failure signals of AI agents, from their log lines.")
    .version(SDK_VERSION, "--version", "print the version")
    .helpOption("-h, --help", "show this")
    .helpCommand(false)
    .addHelpText("after", EXIT_CODES)
    .showSuggestionAfterError(true)
    .exitOverride()
    // Errors are printed by `main`, in one sentence.
    .configureOutput({
      writeOut: write,
      writeErr: write,
      outputError: () => undefined,
      getOutHelpWidth: () => io.stdout.columns ?? 80,
    });
  for (const register of [
    registerDev,
    registerDemo,
    registerCheck,
    registerRuns,
    registerRun,
    registerSignals,
    registerDoctor,
    registerRules,
    registerBaselines,
    registerLoki,
    registerCollect,
    registerPrecision,
    registerSchema,
  ]) {
    register(program, io);
  }
  return program;
}
