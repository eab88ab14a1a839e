import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as v from "valibot";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { PUSH_VARIABLES } from "../../src/sdk/sinks/lokiOptions";
import { FakeLoki } from "../../src/sdk/testing/fakeLoki";
import { ended } from "../../src/sdk/testing/processes";
import { codeBlocks } from "./codeBlocks";

const ROOT = path.resolve(import.meta.dirname, "../..");
const PAGE = "docs/shipping.md";
const blocks = (language: string): string[] =>
  codeBlocks()
    .filter((block) => block.document === PAGE && block.language === language)
    .map(({ code }) => code);

describe("the programs on shipping", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "dunetrace-shipping-"));
  const loki = new FakeLoki();
  let url = "";
  beforeAll(async () => {
    url = await loki.listen();
    mkdirSync(path.join(folder, "node_modules"));
    symlinkSync(ROOT, path.join(folder, "node_modules/dunetrace-grafana"));
    symlinkSync(path.join(ROOT, "node_modules/pino-loki"), path.join(folder, "node_modules/pino-loki"));
  });
  beforeEach(() => {
    loki.received.length = 0;
  });
  afterAll(async () => {
    await loki.close();
    rmSync(folder, { recursive: true });
  });

  /** Runs the program of the page that has a text in it. */
  async function run(mark: string): Promise<{ stdout: string; stderr: string }> {
    const programs = blocks("ts").filter((code) => code.includes(mark));
    expect(programs).toHaveLength(1);
    const text = (programs[0] ?? "").replace("/var/log/agents", folder).replace("http://localhost:3100", url);
    writeFileSync(path.join(folder, "agent.mjs"), text);
    const { code, stdout, stderr } = await ended(spawn(process.execPath, ["agent.mjs"], { cwd: folder, env: {} }));
    expect(code, stderr).toBe(0);
    return { stdout, stderr };
  }
  const typesOf = (lines: readonly string[]): string[] => lines.map((line) => JSON.parse(line).event_type);

  it("are all run here", () => {
    expect(blocks("ts")).toHaveLength(4);
  });

  it("write a file", async () => {
    expect(await run("file:")).toEqual({ stdout: "", stderr: "" });
    const lines = readFileSync(path.join(folder, "research.ndjson"), "utf8").trimEnd().split("\n");
    expect(typesOf(lines)).toEqual(["run.started", "tool.called", "tool.responded", "run.completed"]);
  });

  it("write to stdout", async () => {
    const { stdout } = await run("emitAsJson");
    expect(typesOf(stdout.trimEnd().split("\n"))).toEqual(["run.started", "run.completed"]);
  });

  it("push to Loki", async () => {
    const { stderr } = await run("loki:");
    expect(typesOf(loki.lines)).toEqual(["run.started", "run.completed"]);
    expect(loki.received[0]?.headers["x-scope-orgid"]).toBe("team-a");
    expect(loki.received[0]?.body).toContain('"cluster":"eu"');
    expect(stderr).toMatch(/sent: \{ 'loki http:\/\/127\.0\.0\.1:\d+': 2 \}/);
  });

  it("push through pino-loki", async () => {
    await run("pinoLokiOptions");
    expect(typesOf(loki.lines)).toEqual(["run.started", "run.completed"]);
    expect(loki.received[0]?.headers["x-scope-orgid"]).toBe("team-a");
  });
});

describe("the table of direct push", () => {
  it("has every environment variable", () => {
    const text = readFileSync(path.join(ROOT, PAGE), "utf8").replaceAll("`…_", "`DUNETRACE_LOKI_PUSH_");
    for (const name of PUSH_VARIABLES) expect(text).toContain(name);
  });
});

const Mounts = v.array(v.object({ name: v.string(), mountPath: v.string() }));
const Container = v.object({
  args: v.array(v.string()),
  env: v.array(v.object({ name: v.string(), value: v.string() })),
  volumeMounts: Mounts,
});
const DaemonSet = v.object({
  kind: v.literal("DaemonSet"),
  metadata: v.object({ name: v.string() }),
  spec: v.object({
    selector: v.object({ matchLabels: v.record(v.string(), v.string()) }),
    template: v.object({
      metadata: v.object({ labels: v.record(v.string(), v.string()) }),
      spec: v.object({
        containers: v.tuple([Container]),
        volumes: v.array(v.object({ name: v.string(), configMap: v.optional(v.object({ name: v.string() })) })),
      }),
    }),
  }),
});
const Kustomization = v.object({
  resources: v.array(v.string()),
  configMapGenerator: v.array(v.object({ name: v.string(), files: v.array(v.string()) })),
});

describe("the manifests for Kubernetes", () => {
  const [kustomization, daemonSet, alloy] = blocks("yaml");

  /** Every variable that a container sets is one that its configuration reads, and its folders are mounted. */
  function expectFits(container: v.InferOutput<typeof Container>, config: string): void {
    const file = container.args.find((arg) => arg.includes(path.basename(config)))?.replace(/^.*=/, "") ?? "";
    expect(path.basename(file)).toBe(path.basename(config));
    const mounted = container.volumeMounts.map(({ mountPath }) => mountPath);
    expect(mounted).toEqual([path.dirname(file), "/positions", "/var/log/pods"]);
    const text = readFileSync(path.join(ROOT, config), "utf8");
    for (const { name } of container.env) expect(text).toMatch(new RegExp(`${name}\\b`));
    expect(text).toContain("/var/log/pods/");
  }

  it("mount what Promtail's configuration needs, from files that are there", () => {
    const { resources, configMapGenerator } = v.parse(Kustomization, parse(kustomization ?? ""));
    expect(resources).toEqual(["promtail.yaml"]);
    expect(daemonSet).toMatch(/^# promtail\.yaml\n/);
    for (const file of configMapGenerator.flatMap(({ files }) => files)) {
      expect(existsSync(path.join(ROOT, file))).toBe(true);
    }
    const { spec } = v.parse(DaemonSet, parse(daemonSet ?? ""));
    expect(spec.template.metadata.labels).toEqual(spec.selector.matchLabels);
    const [container] = spec.template.spec.containers;
    expectFits(container, "promtail/cri.yml");
    expect(container.env).toContainEqual({ name: "POSITIONS_DIR", value: "/positions" });
    const { volumes } = spec.template.spec;
    expect(volumes.map(({ name }) => name)).toEqual(container.volumeMounts.map(({ name }) => name));
    const names = volumes.flatMap(({ configMap }) => configMap?.name ?? []);
    expect(names).toEqual(configMapGenerator.map(({ name }) => name));
  });

  it("mount what Alloy's configuration needs", () => {
    const container = v.parse(Container, parse(alloy ?? ""));
    expectFits(container, "alloy/cri.alloy");
    expect(container.args).toContain("--storage.path=/positions");
  });
});
