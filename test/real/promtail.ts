import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { requireBinary } from "./components";
import { onFreePorts } from "./ports";
import { Program, type RealProgram } from "./program";
import { temporaryFolder } from "./registry";

export interface PromtailSetting {
  /** Text of its configuration, or path of the file: `${NAME}` in it is read from `env` and POSITIONS_DIR. */
  readonly config: string | { readonly file: string };
  /** What the configuration reads from the environment, such as LOKI_URL. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: a folder that is removed when the test file is over. `positions` in it exists. */
  readonly dir?: string;
}

/**
 * Starts a real Promtail on a free port of loopback and waits until it answers. Its `/ready` turns to 200 only when
 * it reads a file.
 *
 * @throws Error when there is no binary, or it does not start: with its log
 */
export async function startPromtail({ config, env = {}, dir }: PromtailSetting): Promise<RealProgram> {
  const file = requireBinary("promtail");
  const folder = dir ?? temporaryFolder("promtail");
  const positions = join(folder, "positions");
  mkdirSync(positions, { recursive: true });
  const configFile = typeof config === "string" ? join(folder, "promtail.yml") : config.file;
  if (typeof config === "string") writeFileSync(configFile, config);
  return onFreePorts(1, async (port) => {
    const started = new Program({
      name: "promtail",
      file,
      args: [
        `-config.file=${configFile}`,
        "-config.expand-env=true",
        "-server.http-listen-address=127.0.0.1",
        `-server.http-listen-port=${port}`,
        "-server.grpc-listen-address=127.0.0.1",
        "-server.grpc-listen-port=0",
      ],
      env: { POSITIONS_DIR: positions, ...env },
      url: `http://127.0.0.1:${port}`,
      dir: folder,
      readyPath: "/ready",
      isReady: () => true,
    });
    await started.start();
    return started;
  });
}
