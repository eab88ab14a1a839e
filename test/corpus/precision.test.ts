import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dunetrace } from "../../src/cli/testing/command";

const ROOT = join(import.meta.dirname, "../..");
const FILES = ["tau-airline-dev", "tau2-airline-dev"].map((name) => `test/fixtures/real/${name}`);
const ARGS = [
  "precision",
  ...FILES.map((file) => `${file}.ndjson.gz`),
  "--truth",
  ...FILES.map((file) => `${file}.truth.json`),
];

/** Thresholds are the built-in ones, whatever detectors.yml lies about. */
const precision = async (format: string): Promise<string> => {
  const detectors = join(import.meta.dirname, "built-in.yml");
  const outcome = await dunetrace([...ARGS, "--detectors", detectors, "--format", format], { cwd: ROOT });
  expect(outcome).toMatchObject({ code: 0, err: "" });
  return outcome.out;
};

const page = (table: string): string => `# Do the signals tell failed runs from successful ones?

Measured on real runs whose outcome is known: 201 runs of 17 agents on a customer-service benchmark (where they come
from stands in \`test/fixtures/real/README.md\`). A run counts as a success when the benchmark says so: the database ended
in the expected state. No baseline was given, so rules that need one had no data.

\`\`\`bash
dunetrace precision test/fixtures/real/*.ndjson.gz --truth test/fixtures/real/*.truth.json
\`\`\`

Precision is the share of the runs a signal fired on that failed; lift is that over the share of failures among all runs.
HIGH and CRITICAL are meant to be worth waking somebody up for, so they have bars: on the successes each detector may fire
on 1 % and all together on 1.5 %, and always on one run. LOW is recorded and shown in the run, but counts nowhere.

${table}
The table is made by \`npx vitest run test/corpus --update\`; a test fails when it changes.
`;

describe("precision on real runs", () => {
  it("is the one in test/corpus and docs", async () => {
    await expect(await precision("json")).toMatchFileSnapshot(join(import.meta.dirname, "precision.json"));
    await expect(page(await precision("markdown"))).toMatchFileSnapshot(join(ROOT, "docs/precision.md"));
  });

  it("covers all runs and keeps every bar", async () => {
    const report = JSON.parse(await precision("json"));
    expect(report).toMatchObject({ runs: 201, successes: 97, failures: 104, without_truth: 0 });
    expect(report.bars.length).toBeGreaterThan(1);
    for (const bar of report.bars) expect(bar).toMatchObject({ allowed: 1, kept: true });
  });
});
