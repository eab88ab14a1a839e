import { describe, expect, it } from "vitest";
import { FACT_NAMES } from "../facts/facts";
import { FAILURE_TYPES } from "../wire/terms";
import type { Detector } from "./detector";
import { DETECTORS, detectorOf } from "./registry";
import { testAction, testEvidence, testFindings } from "./testFacts";
import { FIRING } from "./testFiring";

const all: readonly (readonly [string, Detector])[] = DETECTORS.map((detector) => [detector.type, detector]);

/** Evidence with something of everything. */
const slow = { step: 4, name: "web_search", ms: 90_000, start: 0 };
const action = testAction();
const rich = testEvidence({
  current_step: 9,
  tools: ["web_search"],
  loop: [action],
  loop_identical: [action],
  loop_stuck: [action],
  alternation: { names: ["read", "write"], first_step: 2, last_step: 8 },
  last_action: action,
  injection: { matched_pattern_count: 2, matched_patterns: ["act_as"], input_length: 40, step: 0 },
  retrievals: [{ index_name: "docs", step: 2, result_count: 0, top_score: null }],
  truncations: [{ step: 3, model: "gpt-4o", completion_tokens: 1024 }],
  prompt_sizes: [{ step: 1, tokens: 1000 }],
  slowest_tool: slow,
  slowest_llm: slow,
  slowest_gap: slow,
  retry: [testAction({ success: false })],
  cascade: { tools: ["read", "write"], first_step: 2, last_step: 5 },
  empty_steps: [3],
  first_failure_tool: "web_search",
  sequence: ["llm", "tool"],
  longest_args: { tool: "web_search", step: 4, length: 20_000 },
  model_changes: [{ step: 3, from: "gpt-4o", to: "gpt-4o-mini" }],
  busiest_turn: { turn: 0, first_step: 1, calls: 40 },
});

describe("the detectors", () => {
  it("are one for each failure type, in its order", () => {
    expect(DETECTORS.map(({ type }) => type)).toEqual(FAILURE_TYPES);
    for (const type of FAILURE_TYPES) expect(detectorOf(type).type).toBe(type);
  });

  it("have keys, labels and summaries of their own", () => {
    for (const of of ["key", "label", "summary"] as const) {
      expect(new Set(DETECTORS.map((detector) => detector[of])).size).toBe(DETECTORS.length);
    }
    expect(detectorOf("RAG_EMPTY_RETRIEVAL").key).toBe("rag_empty_retrieval");
  });

  it("put only the second wave but one into shadow", () => {
    expect(DETECTORS.filter(({ shadow }) => shadow).map(({ type }) => type)).toEqual([
      "FAILURE_SHARE",
      "TURN_BURST",
      "SILENT_TRUNCATION",
      "OVERSIZED_TOOL_ARGUMENTS",
      "MODEL_FALLBACK_DRIFT",
    ]);
  });

  it("are judged at the end where only the end can tell, and injection from the start", () => {
    expect(DETECTORS.filter(({ live }) => live === "end").map(({ type }) => type)).toEqual([
      "TOOL_AVOIDANCE",
      "RAG_EMPTY_RETRIEVAL",
      "REASONING_STALL",
      "SESSION_LATENCY",
      "RUNAWAY_ITERATION",
      "SILENT_TRUNCATION",
    ]);
    expect(DETECTORS.filter(({ live }) => live === "start").map(({ type }) => type)).toEqual([
      "PROMPT_INJECTION_SIGNAL",
    ]);
  });
});

describe.each(all)("%s", (_type, detector) => {
  const run = FIRING[detector.type];

  it("fires at its worst on the staged run, without any event at hand", () => {
    const { verdict } = testFindings(detector, run);
    expect(verdict.severity).toBe(detector.top);
    expect(verdict.confidence).toBeGreaterThanOrEqual(0.5);
    expect(verdict.confidence).toBeLessThanOrEqual(1);
  });

  it("shows the facts it reads, and from a terminal line nothing else", () => {
    const findings = testFindings(detector, run);
    const known = Object.fromEntries(
      detector.reads.filter((name) => findings.facts[name] !== undefined).map((name) => [name, findings.facts[name]]),
    );
    expect(detector.reads.length).toBeGreaterThan(0);
    expect(detector.evidence(findings)).toEqual(known);
    expect(detector.step(findings)).toBeUndefined();
    expect(detector.evidence({ ...findings, run: rich })).toMatchObject(known);
  });

  it.each([
    ["from its facts", undefined],
    ["from all evidence", rich],
  ])("explains itself %s in words of the trade", (_from, evidence) => {
    const findings = { ...testFindings(detector, run), run: evidence };
    const { title, what, why, evidence: sentence, fixes } = detector.explain(findings);
    expect(detector.explain(findings)).toEqual({ title, what, why, evidence: sentence, fixes });
    expect(title).not.toMatch(/[.!]$/);
    for (const text of [what, why, sentence]) expect(text).toMatch(/^[^\s].*\.$/s);
    expect(fixes.length).toBeGreaterThanOrEqual(1);
    expect(fixes.length).toBeLessThanOrEqual(3);
    for (const fix of fixes) {
      expect(fix.description).toMatch(/^[A-Z].*[.?]$/);
      expect(fix.code.length).toBeGreaterThan(20);
    }
    const words = [title, what, why, sentence].join(" ");
    for (const name of FACT_NAMES.filter((fact) => fact.includes("_"))) expect(words).not.toContain(name);
    expect(words).not.toMatch(/undefined|null|NaN|Infinity|\[object|\s{2}| \./);
  });

  it("writes evidence that survives JSON", () => {
    const evidence = detector.evidence({ ...testFindings(detector, run), run: rich });
    const known = Object.fromEntries(Object.entries(evidence).filter(([, value]) => value !== undefined));
    expect(JSON.parse(JSON.stringify(evidence))).toEqual(known);
  });
});
