import { MAX_EVIDENCE } from "../facts/evidence";
import { above, all, any, atLeast, atMost, exitReason, missing } from "./condition";
import { defineDetector } from "./define";
import { counted, listed } from "./words";

export const toolAvoidance = defineDetector({
  type: "TOOL_AVOIDANCE",
  label: "Tool avoidance",
  summary: "A final answer after several LLM calls without using any of the declared tools.",
  defaults: { min_llm_calls: 2 },
  reads: ["tools_available", "tool_calls", "retrievals", "llm_unprompted", "llm_tool_ratio"],
  live: "end",
  top: "MEDIUM",
  needs({ facts }) {
    if (facts.tools_available === undefined) return "declared tools";
    // The model asked for tools and was called again: they were used, and nobody told of it.
    return facts.llm_tool_ratio === undefined ? "tool calls" : undefined;
  },
  rule({ facts, exit_reason, thresholds }) {
    if (exit_reason !== "final_answer" || facts.tools_available === undefined || facts.tools_available <= 0)
      return undefined;
    if (facts.tool_calls + facts.retrievals > 0 || facts.llm_unprompted < thresholds.min_llm_calls) return undefined;
    return { severity: "MEDIUM", confidence: 0.75 };
  },
  conditions: ({ min_llm_calls }) => ({
    missing: any(missing("tools_available"), missing("llm_tool_ratio")),
    tiers: [
      {
        severity: "MEDIUM",
        when: all(
          exitReason("final_answer"),
          above("tools_available", 0),
          atMost("tool_calls", 0),
          atMost("retrievals", 0),
          atLeast("llm_unprompted", min_llm_calls),
        ),
      },
    ],
  }),
  evidence: ({ facts, run }) => ({
    available_tools: run.tools?.slice(0, MAX_EVIDENCE),
    tool_calls_made: 0,
    llm_calls: facts.llm_calls,
  }),
  step: ({ run }) => run.current_step,
  explain({ facts, run }) {
    const tools = run?.tools === undefined || run.tools.length === 0 ? "" : `: ${listed(run.tools)}`;
    return {
      title: `Answered without using any of its ${counted(facts.tools_available ?? 0, "tool")}`,
      what: `The agent gave a final answer after ${counted(facts.llm_calls, "LLM call")} and used none of the ${counted(facts.tools_available ?? 0, "tool")} it has.`,
      why: "The answer comes from the model's memory alone, and sounds just as sure when it is out of date or invented.",
      evidence: `${counted(facts.llm_unprompted, "LLM call")} of its own accord, no tool call and no retrieval. Declared${tools || ` tools: ${facts.tools_available ?? 0}`}.`,
      fixes: [
        {
          description: "Demand a tool call before the first answer.",
          language: "typescript",
          code: `const response = await openai.chat.completions.create({
  model,
  messages,
  tools,
  tool_choice: messages.some((message) => message.role === "tool") ? "auto" : "required",
});`,
        },
        {
          description: "Say in the prompt when memory is not enough.",
          language: "text",
          code: "Facts about customers, orders or the world must come from a tool call in this conversation. If no tool fits, say that you do not know.",
        },
      ],
    };
  },
});
