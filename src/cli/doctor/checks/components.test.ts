import { describe, expect, it } from "vitest";
import { testCollector } from "../../../collector/testCollector";
import { type SpanFields, span } from "../../../collector/testSpans";
import { parseLine } from "../../../core/wire";
import { observationsOf } from "../testObservations";
import { unclassified } from "./content";

const component = (type: string, fields: SpanFields) =>
  span("haystack.component.run", { "haystack.component.type": type, "haystack.component.name": "mine" }, fields);

/** What the doctor says of the lines that a collector makes of spans below a pipeline. */
function told(inner: readonly ReturnType<typeof span>[]) {
  const { collector, written } = testCollector();
  collector.take({ spans: [span("haystack.pipeline.run", {}, { id: "root" }), ...inner], refused: new Map() });
  collector.close();
  const lines = written.flatMap((text) => {
    const read = parseLine(text);
    return read.ok ? [{ line: read.line, stored: 0, labels: {} }] : [];
  });
  expect(lines.some(({ line }) => line.event_type === "run.completed")).toBe(true);
  return { finding: unclassified(observationsOf({ lines })), lines };
}

describe("components", () => {
  it("names what nothing tells about by the name that --classify goes by, the commonest first", () => {
    const { finding, lines } = told([
      component("MyLookup", { id: "1", parent: "root" }),
      span("vendor.step", {}, { id: "2", parent: "root" }),
      component("MyLookup", { id: "3", parent: "root" }),
      component("PromptBuilder", { id: "4", parent: "root" }),
    ]);
    expect(finding).toEqual({
      check: "components",
      status: "warning",
      text: "2 components are not known and count for nothing: MyLookup and vendor.step.",
      next: expect.stringContaining("dunetrace collect --classify retrieval=NAME"),
    });
    const ended = lines.map(({ line }) => line).filter(({ event_type }) => event_type === "span.ended");
    expect(ended).toHaveLength(4);
  });

  it("says nothing of components where there are no lines", () => {
    expect(unclassified(observationsOf({ lines: [] })).status).toBe("unknown");
  });

  it("has nothing to say of parts that are known to be no calls", () => {
    const { finding } = told([
      component("PromptBuilder", { id: "1", parent: "root" }),
      span("plan.task", { "traceloop.span.kind": "task" }, { id: "2", parent: "root" }),
      span("invoke_agent sub", { "gen_ai.operation.name": "invoke_agent" }, { id: "3", parent: "2" }),
    ]);
    expect(finding.status).toBe("ok");
  });
});
