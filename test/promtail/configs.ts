import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type RealLoki, type RealProgram, startPromtail, temporaryFolder } from "../real";

export const CONFIGS = ["file.yml", "docker.yml", "cri.yml"] as const;
export type ConfigName = (typeof CONFIGS)[number];

const FOLDER = join(import.meta.dirname, "../../promtail");
export const configFile = (name: ConfigName): string => join(FOLDER, name);

/** A Promtail on one of our configurations. */
export interface Shipping {
  readonly promtail: RealProgram;
  /** Where the log files are that it reads. */
  readonly logs: string;
}

/**
 * Starts Promtail on a configuration of the repository as it is; only addresses and paths come from the environment.
 *
 * @param pattern of the files below `logs`
 * @param env over the settings of this function
 */
export async function ship(
  name: ConfigName,
  loki: Pick<RealLoki, "url">,
  pattern: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Shipping> {
  const dir = temporaryFolder("promtail");
  const logs = join(dir, "logs");
  mkdirSync(logs);
  const files = join(logs, pattern);
  const promtail = await startPromtail({
    config: { file: configFile(name) },
    dir,
    env: { LOKI_URL: loki.url, AGENT_LOGS: files, POD_LOGS: files, ...env },
  });
  return { promtail, logs };
}
