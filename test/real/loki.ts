import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { requireBinary } from "./components";
import { onFreePorts } from "./ports";
import { Program, type RealProgram } from "./program";
import { temporaryFolder } from "./registry";

/** A part of a configuration file, as YAML has it. */
export type Section = { readonly [key: string]: unknown };

export interface RulerSetting {
  /** Base address of the Alertmanager to notify. */
  readonly alertmanagerUrl?: string;
  /** Texts of rule files in Prometheus' format, by file name (`alerts.yaml`). */
  readonly rules: Readonly<Record<string, string>>;
  /** Over the harness's own, which looks for changed rules every second. */
  readonly config?: Section;
}

export interface LokiSetting {
  /** Data of an earlier Loki, or a folder to keep; default: one that is removed when the test file is over. */
  readonly dir?: string;
  /** `limits_config`; all limits of queries are Loki's defaults unless given. */
  readonly limits?: Section;
  /** Raises what may be pushed a second, for tests that push a lot: 64 MB/s instead of 4 MB/s. */
  readonly bulk?: boolean;
  /** Whether Loki adds `detected_level` to each line, as it does by default. */
  readonly discoverLogLevels?: boolean;
  readonly ruler?: RulerSetting;
  /** Top-level sections instead of the harness's own. */
  readonly config?: Section;
}

/** A real Loki with all parts in one process, without tenants. */
export interface RealLoki extends RealProgram {
  /** Where rule files are; those of the ruler of a Loki without tenants are in `fake` below. */
  readonly rulesDir: string;
}

const BULK: Section = {
  ingestion_rate_mb: 64,
  ingestion_burst_size_mb: 128,
  per_stream_rate_limit: "256MB",
  per_stream_rate_limit_burst: "512MB",
};

/**
 * Starts a real Loki on free ports of loopback and waits until it is ready.
 *
 * @throws Error when there is no binary, or it does not start: with its log
 * @example
 * const loki = await startLoki({ discoverLogLevels: false });
 * await push(loki.url, lines);
 */
export async function startLoki(setting: LokiSetting = {}): Promise<RealLoki> {
  const file = requireBinary("loki");
  const dir = setting.dir ?? temporaryFolder("loki");
  const rulesDir = join(dir, "rules");
  mkdirSync(join(rulesDir, "fake"), { recursive: true });
  for (const [name, text] of Object.entries(setting.ruler?.rules ?? {})) {
    writeFileSync(join(rulesDir, "fake", name), text);
  }
  const program = await onFreePorts(2, async (port, grpc = 0) => {
    const config = join(dir, "loki.yml");
    writeFileSync(config, stringify(configuration(setting, dir, port, grpc)));
    const started = new Program({
      name: "loki",
      file,
      args: [`-config.file=${config}`, "-target=all"],
      url: `http://127.0.0.1:${port}`,
      dir,
      readyPath: "/ready",
      isReady: (status) => status === 200,
    });
    await started.start();
    return started;
  });
  return Object.assign(program, { rulesDir });
}

function configuration(setting: LokiSetting, dir: string, port: number, grpc: number): Section {
  const { limits, bulk = false, discoverLogLevels, ruler, config } = setting;
  return {
    auth_enabled: false,
    analytics: { reporting_enabled: false },
    server: {
      http_listen_address: "127.0.0.1",
      http_listen_port: port,
      grpc_listen_address: "127.0.0.1",
      grpc_listen_port: grpc,
      log_level: "warn",
    },
    common: {
      instance_addr: "127.0.0.1",
      path_prefix: dir,
      replication_factor: 1,
      storage: { filesystem: { chunks_directory: `${dir}/chunks`, rules_directory: `${dir}/rules` } },
      ring: { instance_addr: "127.0.0.1", kvstore: { store: "inmemory" } },
    },
    schema_config: {
      configs: [
        {
          from: "2024-01-01",
          store: "tsdb",
          object_store: "filesystem",
          schema: "v13",
          index: { prefix: "index_", period: "24h" },
        },
      ],
    },
    // Ready at once: neither waits for the other parts of a cluster.
    ingester: { lifecycler: { min_ready_duration: "0s", final_sleep: "0s" } },
    frontend_worker: { frontend_address: `127.0.0.1:${grpc}`, dns_lookup_duration: "500ms" },
    // Lines older than 3 h, which tests write, would else be seen only once their chunk is on disk.
    querier: { query_ingesters_within: "720h" },
    limits_config: {
      ...(bulk ? BULK : {}),
      ...(discoverLogLevels === undefined ? {} : { discover_log_levels: discoverLogLevels }),
      ...limits,
    },
    ...(ruler === undefined ? {} : { ruler: rulerSection(ruler, dir) }),
    ...config,
  };
}

function rulerSection({ alertmanagerUrl, config }: RulerSetting, dir: string): Section {
  return {
    enable_api: true,
    rule_path: `${dir}/rules-temp`,
    storage: { type: "local", local: { directory: `${dir}/rules` } },
    ring: { kvstore: { store: "inmemory" } },
    poll_interval: "1s",
    ...(alertmanagerUrl === undefined ? {} : { alertmanager_url: alertmanagerUrl }),
    ...config,
  };
}
