import { describe, expect, it } from "vitest";
import { componentOf } from "../dialects";
import { content, type SpanFields, span } from "../testSpans";
import { type AssemblerOptions, type ClosedTrace, TraceAssembler } from "./assembler";

const chat = { "gen_ai.operation.name": "chat" };

function assembly(options: Partial<AssemblerOptions> = {}) {
  let now = 1_000_000;
  const closed: ClosedTrace[] = [];
  const assembler = new TraceAssembler({ clock: () => now * 1000, ...options }, (trace) => closed.push(trace));
  const add = (name: string, fields: SpanFields = {}, attributes: Parameters<typeof span>[1] = chat) =>
    assembler.add(componentOf(span(name, attributes, fields), { content }));
  const wait = (ms: number): number => {
    now += ms;
    assembler.tick();
    return closed.length;
  };
  return { assembler, closed, add, wait };
}

const names = ({ components }: ClosedTrace): string[] => components.map(({ name }) => name).sort();

describe("TraceAssembler", () => {
  it("closes a trace after the grace period once its root is there", () => {
    const { add, wait, closed } = assembly();
    add("b", { parent: "a" });
    expect(wait(5000)).toBe(0);
    add("a");
    expect(wait(1999)).toBe(0);
    expect(wait(1)).toBe(1);
    expect(closed.map(names)).toEqual([["a", "b"]]);
  });

  it("prolongs the grace period while a child is open, at most to the idle time", () => {
    const { add, wait } = assembly();
    add("root");
    add("leaf", { parent: "open" });
    expect(wait(59_999)).toBe(0);
    add("open", { parent: "root" });
    expect(wait(2000)).toBe(1);
    const other = assembly();
    other.add("root");
    other.add("leaf", { parent: "never" });
    expect([other.wait(59_999), other.wait(1)]).toEqual([0, 1]);
  });

  it("takes a remote parent as a root, and closes a trace whose root never comes after the idle time", () => {
    const { add, wait } = assembly();
    add("a", { parent: "far", parentIsRemote: true });
    expect(wait(2000)).toBe(1);
    const killed = assembly();
    killed.add("a", { parent: "dead", parentIsRemote: false });
    expect([killed.wait(59_999), killed.wait(1)]).toEqual([0, 1]);
  });

  it("keeps a request open whose agent goes on after it", () => {
    const { add, wait, closed } = assembly();
    add("POST /chat", {}, { "http.route": "/chat" });
    expect(wait(3000)).toBe(0);
    add("haystack.pipeline.run", { parent: "lost" }, {});
    expect([wait(59_999), wait(1)]).toEqual([0, 1]);
    expect(closed.map(names)).toEqual([["POST /chat", "haystack.pipeline.run"]]);
  });

  it("takes a span once, and counts what comes late or again while the run is remembered", () => {
    const { add, wait, assembler, closed } = assembly();
    add("a");
    add("a");
    wait(2000);
    add("a");
    add("late", { parent: "a" });
    expect(assembler.counters).toMatchObject({ spans: 4, duplicate_spans: 1, late_spans: 2, closed_traces: 1 });
    wait(600_000);
    add("a");
    expect(wait(2000)).toBe(2);
    expect(closed.map(names)).toEqual([["a"], ["a"]]);
  });

  it("bounds traces, spans and what it remembers, and counts what it drops", () => {
    const { add, assembler, closed, wait } = assembly({ maxTraces: 3, maxSpans: 2, maxRemembered: 2 });
    for (let index = 0; index < 10; index++) {
      const traceId = index.toString(16).padStart(32, "a");
      for (const id of ["x", "y", "z"]) add(id, { traceId, parent: "root" });
    }
    expect(assembler.open).toBe(3);
    expect(assembler.counters).toMatchObject({ dropped_spans: 10, evicted_traces: 7 });
    expect(closed.every(({ components, dropped }) => components.length === 2 || dropped === 0)).toBe(true);
    assembler.closeAll();
    expect([assembler.open, assembler.remembered, closed.length]).toEqual([0, 2, 10]);
    wait(600_000);
    expect(assembler.remembered).toBe(0);
  });
});
