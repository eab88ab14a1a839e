import { t } from "../components/text";
import type { Ask } from "../logql/ask";
import type { LokiDatasource } from "./loki/lokiDatasource";
import { isRecord, textOf } from "./loki/record";

export interface TestResult {
  readonly status: "success" | "warning" | "error";
  readonly message: string;
}

export interface TestSubject {
  readonly findLoki: () => Promise<LokiDatasource>;
  readonly ask: Ask;
  readonly now: () => number;
}

const DAY_MS = 86_400_000;

/** Save and test: is a Loki set, is it one, does it answer, and are there runs in it? */
export async function testSettings({ findLoki, ask, now }: TestSubject): Promise<TestResult> {
  try {
    const loki = await findLoki();
    const own = await lokiTest(loki);
    if (own !== undefined) return own;
    const range = { from: now() - DAY_MS, to: now() };
    const { agents } = await ask("agents", { range });
    const runs = agents.reduce((sum, { started, completed, failed }) => sum + Math.max(started, completed + failed), 0);
    return runs === 0 ? noRuns(loki) : found(loki, runs, agents.length);
  } catch (error) {
    return { status: "error", message: error instanceof Error ? error.message : String(error) };
  }
}

/** What the Loki datasource says of itself where that is not good. */
async function lokiTest(loki: LokiDatasource): Promise<TestResult | undefined> {
  if (loki.testDatasource === undefined) return undefined;
  const { name } = loki;
  const failed = (reason: string): TestResult => ({
    status: "error",
    message: t("datasource.test.loki-failed", "The Loki data source {{name}} fails its own test: {{reason}}", {
      name,
      reason,
    }),
  });
  try {
    const result = await loki.testDatasource();
    if (!isRecord(result)) return undefined;
    const status = textOf(result.status)?.toLowerCase();
    if (status === undefined || status === "success" || status === "ok") return undefined;
    return failed(textOf(result.message) ?? status);
  } catch (error) {
    const data = isRecord(error) && isRecord(error.data) ? error.data : {};
    return failed(textOf(data.message) ?? (error instanceof Error ? error.message : String(error)));
  }
}

function found({ name }: LokiDatasource, runs: number, agents: number): TestResult {
  const message = t(
    "datasource.test.found",
    "Found {{runs}} runs of {{agents}} agents in the last 24 hours, in the Loki data source {{name}}.",
    {
      runs,
      agents,
      name,
    },
  );
  return { status: "success", message };
}

function noRuns({ name }: LokiDatasource): TestResult {
  const message = t(
    "datasource.test.none",
    "The Loki data source {{name}} answers, but holds no run of the last 24 hours. Start an agent and ship its lines; or check the base selector.",
    { name },
  );
  return { status: "success", message };
}
