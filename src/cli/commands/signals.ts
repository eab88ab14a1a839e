import type { Command } from "commander";
import type { Signal } from "../../core/detectors";
import { counted } from "../../core/detectors/words";
import type { Judged, ListedRun } from "../../core/judging";
import { HEADLINE, type SignalSelection, selectSignals } from "../../core/judging";
import { FAILURE_TYPES, type FailureType, type Severity } from "../../core/wire";
import type { Io } from "../io";
import { Listing, type ListingOptions } from "../listing";
import { addLoki } from "../loki/options";
import { addJudging, choice, severity } from "../options";
import { jsonText } from "../output/json";
import { compareSignals, type FoundSignal, foundSignal, signalsTable } from "../output/signalsTable";

interface SignalsOptions extends ListingOptions {
  readonly minSeverity: Severity;
  readonly shadow?: boolean;
  readonly type?: FailureType;
}

/** `dunetrace signals [FILE…]`: what fired, worst first. */
export function registerSignals(program: Command, io: Io): void {
  const command = program
    .command("signals")
    .description("List the failure signals of the runs in files or a Loki, worst first.")
    .argument("[files...]", "files of lines, .gz too; - is stdin")
    .option("--min-severity <severity>", "leave out what is less severe", severity, HEADLINE.minSeverity)
    .option("--shadow", "shadow signals too, which are recorded but neither counted nor alerted")
    .option("--type <type>", "only this failure type", choice(FAILURE_TYPES));
  addLoki(addJudging(command)).action(async (files: string[], options: SignalsOptions) => {
    const listing = await Listing.open(files, options, io);
    try {
      await print(listing, options, io);
      await listing.finish();
    } finally {
      await listing.close();
    }
  });
}

async function print(listing: Listing, options: SignalsOptions, io: Io): Promise<void> {
  const found = new Found(options);
  if (options.format === "ndjson") {
    for await (const signal of found.in(listing)) await io.stdout.write(`${jsonText(signal)}\n`);
    return;
  }
  const signals: FoundSignal[] = [];
  for await (const signal of found.in(listing)) signals.push(signal);
  signals.sort(compareSignals);
  const text = options.format === "json" ? jsonText(signals, 2) : tableText(signals, listing);
  await io.stdout.write(`${text}\n`);
  if (found.leftOut > 0 && options.format === "table") {
    const left = `${counted(found.leftOut, "less severe or shadow signal")} not shown (--min-severity LOW --shadow)`;
    await io.stdout.write(`${listing.style.dim(left)}\n`);
  }
}

function tableText(signals: readonly FoundSignal[], listing: Listing): string {
  if (listing.log.runs === 0) return listing.nothing("No runs");
  return signalsTable(signals, listing).join("\n");
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

  /** Evidence comes with the events, which are read of runs with a wanted signal alone. */
  async *in(listing: Listing): AsyncGenerator<FoundSignal> {
    for await (const { run, signals } of listing.whole((judged) => this.#selected(judged, true).length > 0)) {
      for (const signal of this.#selected({ signals }, false)) yield foundSignal(run, signal);
    }
  }

  #selected({ signals }: Pick<Judged<ListedRun>, "signals">, counts: boolean): Signal[] {
    const ofType = signals.filter(({ failure_type }) => this.#type === undefined || failure_type === this.#type);
    const selected = selectSignals(ofType, this.#selection);
    if (counts) this.leftOut += ofType.length - selected.length;
    return selected;
  }
}
