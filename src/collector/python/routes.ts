import type { Hono } from "hono";
import type { Collector } from "../collector";
import type { KeyCheck } from "../server/auth";
import { takeDeploy } from "./deploy";
import { answerDetectorConfig } from "./detectorConfig";
import { Ingest } from "./ingest";
import { answerPolicies, type PolicySource } from "./policies";

export interface PythonOptions {
  readonly collector: Collector;
  readonly policies: PolicySource;
  readonly key: KeyCheck;
  readonly maxBytes: number;
}

/** What the Python package calls, so that its users only change the endpoint. */
export function pythonRoutes(app: Hono, { collector, policies, key, maxBytes }: PythonOptions): void {
  const { intake, counters, lines, rulesFor } = collector;
  const ingest = new Ingest({ intake, counters, clock: lines.clock, key, maxBytes });
  app.post("/v1/ingest", ingest.answer);
  app.post("/v1/deploy", (c) => takeDeploy(c, { ...lines, counters, key, maxBytes }));
  app.get("/v1/policies", (c) => answerPolicies(c, policies));
  app.get("/v1/detector-config", (c) => answerDetectorConfig(c, { rulesFor, clock: lines.clock }));
}
