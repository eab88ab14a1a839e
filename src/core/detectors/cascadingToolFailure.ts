import { all, atLeast } from "./condition";
import { confidenceOf } from "./confidence";
import { defineDetector } from "./define";
import { counted, listed, steps } from "./words";

export const cascadingToolFailure = defineDetector({
  type: "CASCADING_TOOL_FAILURE",
  label: "Cascading tool failure",
  summary: "Several tools fail one after the other without a success in between.",
  defaults: { threshold: 3 },
  reads: ["cascade_length", "cascade_tools", "cascade_open"],
  top: "HIGH",
  // A later success of any tool lowers it.
  provisional: () => true,
  rule({ facts, thresholds }) {
    if (facts.cascade_length < thresholds.threshold) return undefined;
    return {
      severity: facts.cascade_open >= thresholds.threshold ? "HIGH" : "MEDIUM",
      confidence: confidenceOf(facts.cascade_length / thresholds.threshold),
    };
  },
  conditions({ threshold }) {
    const cascades = atLeast("cascade_length", threshold);
    return {
      tiers: [
        { severity: "HIGH", when: all(cascades, atLeast("cascade_open", threshold)) },
        { severity: "MEDIUM", when: cascades },
      ],
    };
  },
  evidence: ({ facts, thresholds, run: { cascade } }) => ({
    consecutive_failures: facts.cascade_length,
    distinct_tools: cascade === undefined ? undefined : [...cascade.tools].sort(),
    threshold: thresholds.threshold,
    first_fail_step: cascade?.first_step,
    last_fail_step: cascade?.last_step,
  }),
  step: ({ run }) => run.cascade?.last_step,
  explain({ facts, verdict, run }) {
    const cascade = run?.cascade;
    const tools = cascade === undefined ? counted(facts.cascade_tools, "tool") : listed([...cascade.tools].sort());
    const at = cascade === undefined ? "" : ` at ${steps(cascade.first_step, cascade.last_step)}`;
    const isOpen = verdict.severity !== "MEDIUM";
    return {
      title: `${counted(facts.cascade_length, "tool call")} in a row failed across ${counted(facts.cascade_tools, "tool")}`,
      what: `${counted(facts.cascade_length, "tool call")} in a row failed: ${tools}. ${isOpen ? "No tool call succeeded after that." : "Later a tool call succeeded again."}`,
      why: "When different tools fail together, the cause is usually one they share: a service that is down, an expired key, the network.",
      evidence: `${counted(facts.cascade_length, "failure")} over ${counted(facts.cascade_tools, "tool")}${at}, in one user turn.`,
      fixes: [
        {
          description: "Give the run a budget of failures across all tools.",
          language: "typescript",
          code: `failuresInARow = result.ok ? 0 : failuresInARow + 1;
if (failuresInARow >= 3) throw new Error("Three tool calls in a row failed: the services behind them may be down.");`,
        },
        {
          description: "Check what the tools share before the run starts.",
          language: "typescript",
          code: `const health = await fetch(\`\${apiUrl}/health\`, { signal: AbortSignal.timeout(2000) });
if (!health.ok) return "The service is not available at the moment, please try again later.";`,
        },
      ],
    };
  },
});
