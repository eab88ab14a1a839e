import { mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import type { Severity } from "../../core/wire";
import { QUIET_AFTER_MS, STALLED_AFTER_MS } from "../../logql/alerts";
import { durationText, parseScope, type Scope, ScopeError } from "../../logql/builders";
import { type RulesFormat, rulesFiles } from "../../logql/rules";
import { loadDetectors } from "../config/detectors";
import { writeText } from "../config/writeFile";
import { messageOf, UsageError } from "../errors";
import type { Io } from "../io";
import { addCommon, type CommonOptions, choice, severity } from "../options";
import { duration } from "../rules/duration";

interface RulesOptions extends CommonOptions {
  readonly detectors?: string;
  readonly minSeverity: Severity;
  readonly format: RulesFormat;
  readonly out?: string;
  readonly datasource: string;
  readonly grafanaUrl?: string;
  readonly selector: Scope;
  readonly quietAfter: number;
  readonly stalledAfter: number;
}

const FORMATS = ["grafana", "ruler", "all"] as const;

/** `dunetrace rules`: alert rules for Grafana and for Loki's ruler. */
export function registerRules(program: Command, io: Io): void {
  const command = program
    .command("rules")
    .description("Write alert rules for Grafana and for Loki's ruler, with their routing.")
    .option("--detectors <file>", "thresholds; else DUNETRACE_DETECTORS, else ./detectors.yml, else built in")
    .option("--min-severity <severity>", "the least severity that alerts; shadow signals never do", severity, "HIGH")
    .addOption(
      new Option("--format <format>", `what to write: ${FORMATS.join(", ")}`).argParser(choice(FORMATS)).default("all"),
    )
    .option("--out <folder>", "write the files below it, over those of before; else they are printed")
    .option("--datasource <uid>", "uid of Grafana's Loki datasource", uid, "loki")
    .option("--grafana-url <url>", "address of Grafana for links; else that of who evaluates the rules", httpUrl)
    .addOption(
      new Option("--selector <selector>", 'only these streams, such as {cluster="eu"}')
        .argParser(scope)
        .default({}, "all streams"),
    )
    .addOption(time("--quiet-after <time>", "an agent without a new run for so long is quiet", QUIET_AFTER_MS, "23h"))
    .addOption(time("--stalled-after <time>", "an open run silent for so long is stalled", STALLED_AFTER_MS, "50m"));
  addCommon(command).action(async (options: RulesOptions) => {
    const config = await loadDetectors(options.detectors, io);
    const files = rulesFiles(
      config,
      options.selector,
      {
        least: options.minSeverity,
        grafanaUrl: options.grafanaUrl,
        datasource: options.datasource,
        quietAfterMs: options.quietAfter,
        stalledAfterMs: options.stalledAfter,
      },
      options.format,
    );
    const { out } = options;
    if (out === undefined) {
      // Documents of one YAML stream, each with the name it has as a file.
      await io.stdout.write(files.map(({ path, text }) => `---\n# ${path}\n${text}`).join(""));
      return;
    }
    for (const { path, text } of files) {
      const name = join(out, path);
      await makeFolder(dirname(name), io);
      await writeText(name, text, io);
    }
    await io.stdout.write(files.map(({ path }) => `${join(out, path)}\n`).join(""));
  });
}

function time(flags: string, what: string, ms: number, most: string): Option {
  return new Option(flags, what).argParser(duration("10s", most)).default(ms, durationText(ms));
}

function scope(text: string): Scope {
  try {
    return parseScope(text);
  } catch (error) {
    if (error instanceof ScopeError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

function uid(text: string): string {
  if (/^[A-Za-z0-9_-]{1,40}$/.test(text)) return text;
  throw new InvalidArgumentError("It must be a uid of Grafana: letters, digits, - and _, at most 40.");
}

function httpUrl(text: string): string {
  if (/^https?:\/\/[^\s/]/.test(text) && URL.canParse(text)) return text.replace(/\/+$/, "");
  throw new InvalidArgumentError("It must be an address such as https://grafana.example.com.");
}

async function makeFolder(name: string, io: Pick<Io, "cwd">): Promise<void> {
  try {
    await mkdir(resolve(io.cwd, name), { recursive: true });
  } catch (error) {
    throw new UsageError(`Cannot make the folder ${name}: ${messageOf(error)}`);
  }
}
