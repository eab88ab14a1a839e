import type { Command } from "commander";
import { loadTruth } from "../config/truth";
import { UsageError } from "../errors";
import type { Io } from "../io";
import { addJudging, type JudgingOptions } from "../options";
import { jsonText } from "../output/json";
import { precisionMarkdown, precisionTable } from "../precision/print";
import { type PrecisionReport, PrecisionTally } from "../precision/tally";
import { finishReading, openJudging, type Reading } from "../reading";

interface PrecisionOptions extends JudgingOptions {
  readonly truth: readonly string[];
}

/** `dunetrace precision FILE… --truth TRUTH.json…`: do the signals tell failed runs from successful ones? */
export function registerPrecision(program: Command, io: Io): void {
  const command = program
    .command("precision")
    .description("Compare signals with known outcomes: fires on successes and failures, precision and lift.")
    .argument("<files...>", "files of lines, .gz too; - is stdin")
    .requiredOption("--truth <files...>", 'JSON files that map run_id to {"success": true or false}');
  addJudging(command, ["table", "json", "ndjson", "markdown"]).action(
    async (files: string[], options: PrecisionOptions) => {
      const truth = await loadTruth(options.truth, io);
      const reading = await openJudging(files, options, io);
      const tally = new PrecisionTally();
      for await (const judged of reading.runs()) tally.add(judged, truth.get(judged.run.run_id));
      await finishReading(reading, options);
      const report = tally.report();
      if (report.runs === 0) throw new UsageError("No run in the files has an entry in the truth files");
      await io.stdout.write(`${print(report, options, reading).join("\n")}\n`);
    },
  );
}

function print(report: PrecisionReport, { format }: PrecisionOptions, reading: Reading): string[] {
  switch (format) {
    case "json":
      return [jsonText(report, 2)];
    case "ndjson":
      return report.rows.map((row) => jsonText(row));
    case "markdown":
      return precisionMarkdown(report);
    case "table":
      return precisionTable(report, reading);
  }
}
