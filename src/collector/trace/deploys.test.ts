import { expect, it } from "vitest";
import { parseLine } from "../../core";
import { componentOf } from "../dialects";
import { content, span, T0, TRACE_ID } from "../testSpans";
import { writeDeploys } from "./deploys";

const named = (pipeline: string) => ({ "hayhooks.pipeline.name": pipeline });

function markersOf(...spans: ReturnType<typeof span>[]) {
  const lines: string[] = [];
  const components = spans.map((each) => componentOf(each, { content }));
  const write = (line: string): boolean => lines.push(line) < 2;
  const count = writeDeploys(components, { write, clock: () => T0 + 7_200_000_000 });
  return { count, markers: lines.map((line) => parseLine(line.trimEnd())) };
}

it("marks deployments and their end, for the agent named like the pipeline", () => {
  const resource = { "service.name": "hayhooks", "service.version": "2.1.0" };
  const { count, markers } = markersOf(
    span("hayhooks.pipeline.deploy.commit", named("rag"), { resource }),
    span("hayhooks.pipeline.undeploy", named("rag"), { resource, id: "un", to: 200 }),
    span("GET /status", {}, { kind: 2 }),
  );
  expect(count).toBe(2);
  expect(markers).toMatchObject([
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

it("marks a pipeline once, whatever spans its deployment has, and one that failed as failed", () => {
  const prepare = (pipeline: string, fields = {}) =>
    span("hayhooks.pipeline.deploy.prepare", named(pipeline), { id: `p${pipeline}`, parent: "all", ...fields });
  const { count, markers } = markersOf(
    span("hayhooks.pipeline.startup.deploy", { "hayhooks.deploy.total": 2 }, { id: "all", to: 900 }),
    prepare("rag", { to: 200 }),
    span("hayhooks.pipeline.deploy.commit", named("rag"), { id: "commit", parent: "all", from: 200, to: 300 }),
    prepare("bad", { status: "error", to: 50 }),
    span("hayhooks.pipeline.deploy", named("bad"), { id: "around", to: 60 }),
  );
  expect(count).toBe(2);
  expect(markers).toMatchObject([
    { line: { agent_id: "rag", time: T0 + 300_000, payload: { meta: { success: true } } } },
    { line: { agent_id: "bad", time: T0 + 50_000, payload: { meta: { success: false } } } },
  ]);
});
