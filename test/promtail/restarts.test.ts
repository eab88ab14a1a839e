import { appendFileSync, existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { describeReal, type RealLoki, readLines, startLoki, uniqueName, waitFor } from "../real";
import { wireLine } from "../real/lines";
import { configFile, ship } from "./configs";
import { counter, linesOf, notedPosition } from "./shipping";

const BATCH_BYTES = Number(/^ +batchsize: (\d+)$/m.exec(readFileSync(configFile("file.yml"), "utf8"))?.[1]);

/** Writes lines of one agent into a file, each with the next number and a time of its own. */
class Agent {
  readonly id: string;
  readonly lines: string[] = [];
  readonly #start = Date.now() - 600_000;

  constructor(name: string) {
    this.id = uniqueName(name);
  }

  get selector(): string {
    return `{agent_id="${this.id}"}`;
  }

  write(file: string, count: number): void {
    const from = this.lines.length;
    for (let seq = from; seq < from + count; seq++) {
      this.lines.push(wireLine({ agentId: this.id, at: this.#start + seq, seq }));
    }
    appendFileSync(
      file,
      this.lines
        .slice(from)
        .map((line) => `${line}\n`)
        .join(""),
    );
  }
}

let loki: RealLoki;

async function arrives({ lines, selector }: Agent): Promise<void> {
  const read = await waitFor(
    async () => {
      const found = await readLines(loki.url, selector);
      return found.length >= lines.length && found;
    },
    { deadlineMs: 45_000, what: () => `${lines.length} lines of ${selector}\n${loki.logs()}` },
  );
  expect(read.map(({ line }) => line)).toEqual(lines);
}

describeReal("Promtail on promtail/file.yml", ["loki", "promtail"], () => {
  beforeAll(async () => {
    loki = await startLoki();
  });

  it("goes on exactly where it was when it is killed while nothing is written", { timeout: 120_000 }, async () => {
    const { promtail, logs } = await ship("file.yml", loki, "*.ndjson");
    const file = join(logs, "a.ndjson");
    const agent = new Agent("killed");
    agent.write(file, 2_000);
    await arrives(agent);
    for (const _ of [1, 2]) {
      const size = readFileSync(file).length;
      await waitFor(() => notedPosition(promtail, file) === size, { what: "the note of how far it has read" });
      await promtail.kill();
      agent.write(file, 1_500);
      await promtail.start();
      await arrives(agent);
    }
    await loki.kill();
    agent.write(file, 1_500);
    await waitFor(async () => (await counter(promtail, "promtail_batch_retries_total")) > 0, { what: "a retry" });
    await loki.start();
    await arrives(agent);
    await promtail.stop();
  });

  it("loses at most one batch when it is killed while Loki is away", { timeout: 120_000 }, async () => {
    const { promtail, logs } = await ship("file.yml", loki, "*.ndjson");
    const file = join(logs, "a.ndjson");
    const agent = new Agent("away");
    agent.write(file, 100);
    await arrives(agent);
    await loki.kill();
    agent.write(file, 5_000);
    await waitFor(async () => (await counter(promtail, "promtail_batch_retries_total")) > 0, { what: "a retry" });
    const sent = agent.lines.slice(0, 100).join("\n").length + 1;
    await waitFor(() => notedPosition(promtail, file) > sent, { what: "a note beyond what Loki has" });
    await promtail.kill();
    await loki.start();
    await promtail.start();
    const last = agent.lines.at(-1);
    const read = await waitFor(
      async () => {
        const found = (await readLines(loki.url, agent.selector)).map(({ line }) => line);
        return found.at(-1) === last && found;
      },
      { deadlineMs: 45_000, what: "the last line" },
    );
    await promtail.stop();
    const got = new Set(read);
    expect(got.size).toBe(read.length);
    const lost = agent.lines.filter((line) => !got.has(line));
    // A batch, and a line in each stage of the pipeline.
    expect(lost.join("\n").length).toBeLessThanOrEqual(BATCH_BYTES + 20 * 300);
    expect(agent.lines.filter((line) => got.has(line))).toEqual(read);
  });

  it("reads on when files are renamed and made anew", { timeout: 120_000 }, async () => {
    const { promtail, logs } = await ship("file.yml", loki, "*.ndjson");
    const file = join(logs, "a.ndjson");
    const agent = new Agent("rotated");
    agent.write(file, 10);
    await arrives(agent);
    for (let rotation = 1; rotation <= 4; rotation++) {
      agent.write(file, 700);
      renameSync(file, `${file}.${rotation}`);
      agent.write(file, 300);
      await arrives(agent);
    }
    expect(existsSync(`${file}.4`)).toBe(true);
    expect(linesOf(file)).toHaveLength(300);
    await promtail.stop();
  });
});
