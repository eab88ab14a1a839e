import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseBaselines } from "../../src/core";
import { rawLogql } from "../../src/logql/builders";
import { judgedCount, whatIfQueries } from "../../src/logql/detectors";
import { LokiError } from "../../src/logql/errors";
import { type OpenedStore, openStore } from "../../src/loki";
import { codeBlocks } from "./codeBlocks";

const WEEK = { windowMs: 7 * 86_400_000 };
const queries = codeBlocks().filter(({ language }) => language === "logql");

/** What docs/what-if.md shows, in its order. */
function whatIfPage(): (string | undefined)[] {
  const p75 = { steps: 12 };
  const agents = { "support-bot": { "*": { runs: 40, p75 } } };
  const document = { schema: 1, generated_at: "2026-01-01T00:00:00.000000Z", window_days: 7, agents };
  const baselines = parseBaselines(document, "docs/what-if.md");
  const ofOne = { ...WEEK, baselines, filter: { agents: ["support-bot"] } };
  return [
    whatIfQueries("TOOL_LOOP", WEEK)[0]?.query,
    whatIfQueries("TOOL_LOOP", { ...WEEK, least: "HIGH" })[0]?.query,
    judgedCount(WEEK),
    whatIfQueries("STEP_COUNT_INFLATION", ofOne)[0]?.query,
  ];
}

describe("the queries of the documents", () => {
  let store: OpenedStore;
  beforeAll(() => {
    store = openStore({ clock: () => Date.now() });
  });
  afterAll(() => store.close());

  it("are those of the builders in docs/what-if.md", () => {
    const shown = queries.filter(({ document }) => document === "docs/what-if.md").map(({ code }) => code.trim());
    expect(shown).toEqual(whatIfPage());
  });

  it.each(queries.map(({ document, code }) => [document, code.trim()] as const))("%s: %s", async (_document, code) => {
    const query = rawLogql(code);
    const now = BigInt(Date.now()) * 1_000_000n;
    const isLog = code.startsWith("{");
    const asked = isLog
      ? store.api().logs({ query, start: now - 1_000_000_000n, end: now, limit: 10, direction: "backward" })
      : store.api().instant({ query, time: now });
    const refusal = await asked.then(
      () => undefined,
      (error: unknown) => (error instanceof LokiError ? error.message : `${error}`),
    );
    // Queries over raw events may need what the embedded store refuses; test/agreement asks a real Loki.
    const isRaw = code.includes("by (rid)");
    if (isRaw && refusal !== undefined) expect(refusal).toContain("run this query on a Loki");
    else expect(refusal).toBeUndefined();
  });
});
