import type { Command } from "commander";
import { counted } from "../../core/detectors/words";
import { FAILURE_TYPES, type FailureType, type Severity } from "../../core/wire";
import type { Io } from "../io";
import { HEADLINE, type SignalSelection, selectSignals } from "../judging/selection";
import { addJudging, choice, type JudgingOptions, severity } from "../options";
import { jsonText } from "../output/json";
import { compareSignals, type FoundSignal, foundSignal, signalsTable } from "../output/signalsTable";
import { finishReading, type JudgedReading, openJudging } from "../reading";

interface SignalsOptions extends JudgingOptions {
  readonly minSeverity: Severity;
  readonly shadow?: boolean;
  readonly type?: FailureType;
}

/** `dunetrace signals FILE…`: what fired, worst first. */
export function registerSignals(program: Command, io: Io): void {
  const command = program
    .command("signals")
    .description("List the failure signals of the runs in files, worst first.")
    .argument("<files...>", "files of lines, .gz too; - is stdin")
    .option("--min-severity <severity>", "leave out what is less severe", severity, HEADLINE.minSeverity)
    .option("--shadow", "shadow signals too, which are recorded but neither counted nor alerted")
    .option("--type <type>", "only this failure type", choice(FAILURE_TYPES));
  addJudging(command).action(async (files: string[], options: SignalsOptions) => {
    const reading = await openJudging(files, options, io);
    const found = new Found(options);
    if (options.format === "ndjson") {
      for await (const signal of found.in(reading)) await io.stdout.write(`${jsonText(signal)}\n`);
    } else {
      const signals: FoundSignal[] = [];
      for await (const signal of found.in(reading)) signals.push(signal);
      signals.sort(compareSignals);
      const text = options.format === "json" ? jsonText(signals, 2) : signalsTable(signals, reading).join("\n");
      await io.stdout.write(`${text}\n`);
    }
    if (found.leftOut > 0 && options.format === "table") {
      const left = `${counted(found.leftOut, "less severe or shadow signal")} not shown (--min-severity LOW --shadow)`;
      await io.stdout.write(`${reading.style.dim(left)}\n`);
    }
    await finishReading(reading, options);
  });
}

/** Picks the wanted signals out of the runs and counts the others. */
class Found {
  readonly #selection: SignalSelection;
  readonly #type: FailureType | undefined;
  leftOut = 0;

  constructor(options: SignalsOptions) {
    this.#selection = { minSeverity: options.minSeverity, shadow: options.shadow === true };
    this.#type = options.type;
  }

  async *in(reading: JudgedReading): AsyncGenerator<FoundSignal> {
    for await (const { run, signals } of reading.runs()) {
      const ofType = signals.filter(({ failure_type }) => this.#type === undefined || failure_type === this.#type);
      const selected = selectSignals(ofType, this.#selection);
      this.leftOut += ofType.length - selected.length;
      for (const signal of selected) yield foundSignal(run, signal);
    }
  }
}
