import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { configFile } from "../promtail/configs";
import {
  describeReal,
  type RealLoki,
  type RealProgram,
  readLines,
  startLoki,
  startPromtail,
  temporaryFolder,
  uniqueName,
  waitFor,
} from "../real";
import { type Diagnosis, diagnose } from "./command";
import { writtenRun } from "./writtenRun";

const agentId = "research-agent";

let loki: RealLoki;

/** A Promtail on promtail/file.yml, or on what is made of its text, and the doctor for its lines alone. */
class Shipped {
  readonly file: string;
  readonly #cluster: string;
  readonly #promtail: RealProgram;

  private constructor(file: string, cluster: string, promtail: RealProgram) {
    this.file = file;
    this.#cluster = cluster;
    this.#promtail = promtail;
  }

  static async start(change: (text: string) => string = (text) => text): Promise<Shipped> {
    const original = readFileSync(configFile("file.yml"), "utf8");
    const cluster = uniqueName("doctor");
    const config = parse(change(original));
    config.clients[0].external_labels = { cluster };
    const dir = temporaryFolder("promtail");
    mkdirSync(join(dir, "logs"));
    const env = { LOKI_URL: loki.url, AGENT_LOGS: join(dir, "logs/*.ndjson") };
    const promtail = await startPromtail({ config: stringify(config, { lineWidth: 0 }), dir, env });
    return new Shipped(join(dir, "logs/agents.ndjson"), cluster, promtail);
  }

  write(lines: readonly string[]): void {
    appendFileSync(this.file, lines.map((line) => `${line}\n`).join(""));
  }

  /** Waits until so many lines are in Loki, whatever their labels. */
  async has(count: number): Promise<void> {
    await waitFor(async () => (await readLines(loki.url, this.#selector)).length >= count, {
      deadlineMs: 30_000,
      what: () => `${count} lines of ${this.#selector}\n${this.#promtail.logs()}`,
    });
  }

  async stop(): Promise<void> {
    await this.#promtail.stop();
  }

  diagnose(): Promise<Diagnosis> {
    return diagnose(loki.url, "--selector", this.#selector, this.file);
  }

  get #selector(): string {
    return `{cluster="${this.#cluster}"}`;
  }
}

/** Takes out all lines of a configuration that match. */
const without =
  (pattern: RegExp) =>
  (text: string): string => {
    const kept = text.split("\n").filter((line) => !pattern.test(line));
    if (kept.length === text.split("\n").length) throw new Error(`promtail/file.yml has no line like ${pattern}`);
    return kept.join("\n");
  };

describeReal("dunetrace doctor, of a shipper", ["loki", "promtail"], () => {
  beforeAll(async () => {
    loki = await startLoki();
  });

  it("finds nothing wrong while it works, and names the file when it has stopped", async () => {
    const shipped = await Shipped.start();
    const first = writtenRun({ agentId });
    shipped.write(first);
    await shipped.has(first.length);
    const well = await shipped.diagnose();
    expect({ alarms: well.alarms, code: well.code }).toEqual({ alarms: [], code: 0 });
    expect(well.findings.filter(({ status }) => status !== "ok")).toEqual([]);

    await shipped.stop();
    const second = writtenRun({ agentId, endedAt: Date.now() - 30_000 });
    shipped.write(second);
    const ill = await shipped.diagnose();
    expect({ alarms: ill.alarms, code: ill.code }).toEqual({ alarms: ["shipping: failure"], code: 1 });
    expect(ill.told("shipping")).toContain(`${second.length} of the last ${first.length + second.length} lines of`);
    expect(ill.told("shipping")).toMatch(/written [34]\d(\.\d)? s ago\. → Look at the shipper: is it up/);
  });

  it.each<[string, (text: string) => string, string, 0 | 1, RegExp]>([
    [
      "sets no labels",
      without(/- labels: /),
      "labels: failure",
      1,
      /without the labels agent_id and event_type: \{.*job="dunetrace".*\}\. → Use the pipeline of promtail\/ or alloy\//,
    ],
    ["takes no time from lines", without(/- timestamp: /), "timestamps: failure", 1, / → Give the shipper a timestamp/],
    [
      "keeps every label",
      (text) => text.replace("labelallow: [", "labelallow: [filename, "),
      "labels: warning",
      0,
      /filename is a label.* → Drop it in the shipper/,
    ],
  ])("tells when it %s", async (_what, change, alarm, code, says) => {
    const shipped = await Shipped.start(change);
    const lines = writtenRun({ agentId });
    shipped.write(lines);
    await shipped.has(lines.length);
    const found = await shipped.diagnose();
    expect({ alarms: found.alarms, code: found.code }).toEqual({ alarms: [alarm], code });
    expect(found.told(alarm.split(":")[0] ?? "")).toMatch(says);
  });

  const whole = writtenRun({ agentId });
  const [start = ""] = writtenRun({ agentId, running: true });
  const long = start.replace('"payload":{', `"payload":{"padding":"${"x".repeat(20_000)}",`);

  it.each<[string, readonly string[], RegExp]>([
    [
      "cut off",
      [long.slice(0, 16_384), long.slice(16_384)],
      /1 line is cut off.* → Give the shipper the docker or cri/,
    ],
    ["in the envelope of CRI", [`2026-11-20T10:00:00.1Z stdout F ${start}`], / → Put the cri stage first/],
    [
      "in the envelope of Docker",
      [JSON.stringify({ log: `${start}\n`, stream: "stdout", time: "2026-11-20T10:00:00.1Z" })],
      / → Put the docker stage first/,
    ],
  ])("tells of lines that are %s", async (_what, broken, says) => {
    // What is no line of ours goes on to Loki, as it does in a shared job.
    const shipped = await Shipped.start((text) => {
      const at = text.indexOf("      # These files belong to agents alone");
      return text.slice(0, at) + text.slice(text.indexOf("      # Lines of agents get two labels"));
    });
    shipped.write([...broken, ...whole]);
    await shipped.has(whole.length + broken.length);
    const found = await shipped.diagnose();
    expect({ alarms: found.alarms, code: found.code }).toEqual({ alarms: ["parse: failure"], code: 1 });
    expect(found.told("parse")).toMatch(says);
  });
});
