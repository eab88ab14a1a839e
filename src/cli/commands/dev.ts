import type { Command } from "commander";
import { LazyPrices } from "../../sdk/prices";
import { loadBaselines } from "../config/baselines";
import { loadDetectors } from "../config/detectors";
import { followPlain, followScreen, type Session } from "../dev/session";
import { Watch } from "../dev/watch";
import { UsageError } from "../errors";
import { findInputs, STDIN } from "../input/open";
import { ReadLog } from "../input/readLog";
import type { Io } from "../io";
import { Judging } from "../judging/judging";
import { addJudging, amount, type JudgingOptions, wholeNumber } from "../options";
import { styleOf } from "../output/style";

interface DevOptions extends JudgingOptions {
  readonly stallAfter: number;
  readonly keep: number;
  readonly plain?: boolean;
}

/** `dunetrace dev`: runs as they happen, signals when they fire. */
export function registerDev(program: Command, io: Io): void {
  const command = program
    .command("dev")
    .description("Watch runs as they happen: follows files, or reads what is piped in.")
    .argument("[files...]", "files to follow; - is stdin, which is also read when lines are piped in")
    .option("--stall-after <seconds>", "a run without a line for so long is stalled", amount("seconds"), 90)
    .option("--keep <n>", "how many runs to keep", wholeNumber(1), 500)
    .option("--plain", "print lines even on a terminal");
  addJudging(command, ["table", "ndjson"]).action(async (files: string[], options: DevOptions) => {
    const session = await openSession(files, options, io);
    const wantsScreen = options.format === "table" && options.plain !== true && io.stdout.isTTY;
    const keyboard = wantsScreen ? io.openKeyboard() : undefined;
    if (keyboard !== undefined) await followScreen(session, keyboard);
    else await followPlain(session, options.format === "ndjson" ? "ndjson" : "table");
  });
}

async function openSession(files: readonly string[], options: DevOptions, io: Io): Promise<Session> {
  if (files.length === 0 && io.stdin.isTTY) {
    throw new UsageError("Nothing to watch; name a file, or pipe lines in: dunetrace demo | dunetrace dev");
  }
  const inputs = await findInputs(files.length === 0 ? [STDIN] : files, io, "may come");
  const config = await loadDetectors(options.detectors, io);
  const baselines = await loadBaselines(options.baselines, io);
  const recorded = options.recorded === true;
  const watch = new Watch({
    judging: new Judging({ config, baselines, recorded }),
    prices: new LazyPrices(),
    recorded,
    stallAfterMs: options.stallAfter * 1000,
    keep: options.keep,
    agent_id: options.agent,
  });
  return { files: inputs, watch, log: new ReadLog(io.stderr), style: styleOf(io.stdout, io.env, options.color), io };
}
