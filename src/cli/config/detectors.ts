import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { parseDocument } from "yaml";
import { DetectorConfig, DetectorConfigError, parseDetectorConfig } from "../../core/detectors";
import { UsageError } from "../errors";
import type { Io } from "../io";
import { readText } from "./readFile";

/** Read from the current folder when no other file is named. */
const DEFAULT_FILE = "detectors.yml";
const VARIABLE = "DUNETRACE_DETECTORS";

/**
 * The thresholds of `--detectors FILE`, else of DUNETRACE_DETECTORS, else of ./detectors.yml, else the built-in ones.
 *
 * @throws UsageError when the file cannot be read, is no YAML, or names an unknown detector or key
 */
export async function loadDetectors(option: string | undefined, io: Pick<Io, "cwd" | "env">): Promise<DetectorConfig> {
  if (option !== undefined) return readDetectors(option, io);
  const named = io.env[VARIABLE] ?? "";
  if (named !== "") {
    return readDetectors(named, io).catch((error: unknown) => {
      throw error instanceof UsageError ? new UsageError(`${VARIABLE}: ${error.message}`) : error;
    });
  }
  const isThere = await exists(resolve(io.cwd, DEFAULT_FILE));
  return isThere ? readDetectors(DEFAULT_FILE, io) : new DetectorConfig();
}

async function readDetectors(file: string, io: Pick<Io, "cwd">): Promise<DetectorConfig> {
  const document = parseDocument(await readText(file, io));
  const [problem] = document.errors;
  if (problem !== undefined) {
    const line = problem.linePos?.[0].line;
    throw new UsageError(
      `${file}${line === undefined ? "" : `:${line}`} is not valid YAML: ${firstLine(problem.message)}`,
    );
  }
  const content: unknown = document.toJS();
  try {
    return parseDetectorConfig(content, file);
  } catch (error) {
    if (error instanceof DetectorConfigError) throw new UsageError(error.message);
    throw error;
  }
}

const firstLine = (text: string): string => (text.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
