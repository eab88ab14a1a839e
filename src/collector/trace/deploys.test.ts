import { expect, it } from "vitest";
import { parseLine } from "../../core";
import { componentOf } from "../dialects";
import { content, span, T0, TRACE_ID } from "../testSpans";
import { writeDeploys } from "./deploys";

it("marks deployments and their end, for the agent named like the pipeline", () => {
  const lines: string[] = [];
  const resource = { "service.name": "hayhooks", "service.version": "2.1.0" };
  const spans = [
    span("hayhooks.pipeline.startup.deploy", { "hayhooks.pipeline.name": "rag" }, { resource }),
    span("hayhooks.pipeline.undeploy", { "hayhooks.pipeline.name": "rag" }, { resource, id: "un", to: 200 }),
    span("GET /status", {}, { kind: 2 }),
  ];
  const components = spans.map((each) => componentOf(each, { content }));
  const write = (line: string): boolean => lines.push(line) < 2;
  expect(writeDeploys(components, { write, clock: () => T0 + 7_200_000_000 })).toBe(1);
  const read = lines.map((line) => parseLine(line.trimEnd()));
  expect(read).toMatchObject([
    {
      ok: true,
      line: {
        event_type: "deploy.marker",
        agent_id: "rag",
        run_id: "",
        trace_id: TRACE_ID,
        time: T0 + 100_000,
        written: T0 + 7_200_000_000,
        payload: { version: "2.1.0", meta: { action: "deploy", success: true } },
      },
    },
    { ok: true, line: { payload: { meta: { action: "undeploy" } } } },
  ]);
});
