import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import { rulesHash } from "../../core/detectors";
import { sha256Hex } from "../../sdk/hashing";
import { collectorKey } from "../collect/key";
import { loadDetectors } from "../config/detectors";
import { examine } from "../doctor/checks";
import { seeCollector } from "../doctor/collectorMetrics";
import { observe } from "../doctor/observe";
import { doctorReport } from "../doctor/report";
import { watchFile } from "../doctor/watchFile";
import { UsageError } from "../errors";
import type { Io } from "../io";
import { connectLoki, lokiUrl } from "../loki/connect";
import { addLoki, type LokiOptions } from "../loki/options";
import { addCommon, addFormat, type CommonOptions, type Format } from "../options";
import { jsonText } from "../output/json";
import { styleOf } from "../output/style";
import { layoutWidth } from "../output/table";

interface DoctorOptions extends CommonOptions, LokiOptions {
  readonly format: Format;
  readonly detectors?: string;
  readonly collector?: string;
}

const DAY_MS = 86_400_000;

/** `dunetrace doctor [FILE…]`: is everything between the agents and Loki wired? */
export function registerDoctor(program: Command, io: Io): void {
  const command = program
    .command("doctor")
    .description("See whether lines get from the agents to Loki, whole and as they should be; 1 when something fails.")
    .argument("[files...]", "files that agents write: have their last lines arrived?")
    .option("--detectors <file>", "thresholds; else DUNETRACE_DETECTORS, else ./detectors.yml, else built in")
    .option("--collector <url>", "a collector: what it lost, and which spans it does not know");
  addFormat(addLoki(command), ["table", "json"]);
  addCommon(command).action(async (files: string[], options: DoctorOptions) => {
    const url = lokiUrl(options, io);
    if (url === undefined) {
      throw new UsageError("No Loki to look at; name it: dunetrace doctor --loki http://localhost:3100");
    }
    const config = await loadDetectors(options.detectors, io);
    const loki = connectLoki(url, options, io);
    const looking = { ...loki, cwd: io.cwd, now: () => io.now(), wait: (ms: number) => sleep(ms) };
    const seen = await observe({
      ...loki,
      now: io.now(),
      sinceMs: options.since ?? DAY_MS,
      rulesOf: (agent_id) => rulesHash(config.settingsFor(agent_id), sha256Hex),
      collector: async () =>
        options.collector === undefined ? undefined : seeCollector(options.collector, collectorKey(io)),
      watch: () => Promise.all(files.map((file) => watchFile(file, looking))),
    });
    const findings = examine(seen);
    const text =
      options.format === "json"
        ? jsonText(findings, 2)
        : doctorReport(findings, {
            style: styleOf(io.stdout, io.env, options.color),
            columns: layoutWidth(io.stdout),
          }).join("\n");
    await io.stdout.write(`${text}\n`);
    if (findings.some(({ status }) => status === "failure")) io.exitCode = 1;
  });
}
