import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { describeReal, temporaryFolder } from "../real";
import { requireBinary } from "../real/components";
import { CONFIGS, configFile } from "./configs";

const configs = CONFIGS.map((name) => ({ name, config: parse(readFileSync(configFile(name), "utf8")) }));

describe("the configurations of promtail/", () => {
  it("treat lines of agents alike: their last stage is the same", () => {
    const last = configs.map(({ config }) => config.scrape_configs[0].pipeline_stages.at(-1));
    expect(last[0].match.selector).toBe('{job=~".+"} |= "\\"logger\\":\\"dunetrace\\""');
    for (const stage of last) expect(stage).toEqual(last[0]);
  });

  it("send alike, without an end to retries, and soon", () => {
    for (const { config } of configs) {
      expect(config.clients).toEqual(configs[0]?.config.clients);
      expect(config.clients[0]).toMatchObject({ batchwait: "250ms", backoff_config: { max_retries: 0 } });
    }
  });
});

describeReal("Promtail", ["promtail"], () => {
  it.each(CONFIGS)("takes promtail/%s", (name) => {
    const flags = [`-config.file=${configFile(name)}`, "-config.expand-env=true", "-check-syntax"];
    const ports = ["-server.http-listen-port=0", "-server.grpc-listen-port=0"];
    const env = { ...process.env, POSITIONS_DIR: temporaryFolder("positions") };
    expect(execFileSync(requireBinary("promtail"), [...flags, ...ports], { env, encoding: "utf8" })).toContain(
      "the configuration is valid",
    );
  });
});
