import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { requireBinary } from "./components";
import { onFreePorts } from "./ports";
import { Program, type RealProgram } from "./program";
import { temporaryFolder } from "./registry";

export interface AlertmanagerSetting {
  /** Text of its configuration file: routes and receivers. */
  readonly config: string;
  /** Default: a folder that is removed when the test file is over. */
  readonly dir?: string;
}

/**
 * Starts a real Alertmanager, without a cluster, on a free port of loopback and waits until it is ready. Its
 * `url` is what a ruler's `alertmanager_url` takes.
 *
 * @throws Error when there is no binary, or it does not start: with its log
 */
export async function startAlertmanager({ config, dir }: AlertmanagerSetting): Promise<RealProgram> {
  const file = requireBinary("alertmanager");
  const folder = dir ?? temporaryFolder("alertmanager");
  const configFile = join(folder, "alertmanager.yml");
  writeFileSync(configFile, config);
  return onFreePorts(1, async (port) => {
    const started = new Program({
      name: "alertmanager",
      file,
      args: [
        `--config.file=${configFile}`,
        `--storage.path=${join(folder, "data")}`,
        `--web.listen-address=127.0.0.1:${port}`,
        "--cluster.listen-address=",
      ],
      url: `http://127.0.0.1:${port}`,
      dir: folder,
      readyPath: "/-/ready",
      isReady: (status) => status === 200,
    });
    await started.start();
    return started;
  });
}
