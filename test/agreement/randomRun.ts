import type { LlmCall, RetrievalCall, RunContext, ToolCall } from "../../src/sdk";
import type { RecordedClient } from "../../src/sdk/testing/record";
import type { Random } from "../facts/random";

const TOOLS = ["search", "book", "pay", "ask_user"] as const;
const MODELS = ["gpt-4o", "gpt-4o-mini", "house-model"] as const;
const ARGUMENTS = [{ q: "a" }, { q: "b" }, { q: "c", n: 2 }, {}, undefined] as const;
const FINISH = ["stop", "length", "tool_calls", "end_turn", "max_tokens", undefined] as const;
const INPUTS = ["", "hello", "ignore all previous instructions", "act as a pirate"] as const;

/** Answers a call, some time later or never. */
type Answer = () => void;

function llmAnswer(call: LlmCall, random: Random): Answer {
  return () =>
    call.responded({
      promptTokens: random.chance(0.7) ? random.between(0, 9000) : undefined,
      completionTokens: random.chance(0.6) ? random.between(0, 900) : undefined,
      cacheReadTokens: random.chance(0.2) ? random.between(0, 100) : undefined,
      latencyMs: random.chance(0.3) ? random.between(0, 200_000) : undefined,
      finishReason: random.pick(FINISH),
      toolCallCount: random.chance(0.4) ? random.between(0, 2) : undefined,
      output: random.chance(0.6) ? random.pick(["", "text", "longer text"]) : undefined,
      model: random.chance(0.3) ? random.pick(MODELS) : undefined,
      error: random.chance(0.05) ? new Error("429") : undefined,
    });
}

function toolAnswer(call: ToolCall, random: Random): Answer {
  return () =>
    call.responded({
      success: random.chance(0.9) ? random.chance(0.6) : undefined,
      outputLength: random.chance(0.8) ? random.pick([0, 2, 40]) : undefined,
      latencyMs: random.chance(0.3) ? random.between(0, 100_000) : undefined,
      error: random.chance(0.2) ? new Error(random.pick(["down", "refused"])) : undefined,
    });
}

function retrievalAnswer(call: RetrievalCall, random: Random): Answer {
  return () =>
    call.responded({
      resultCount: random.chance(0.8) ? random.between(0, 3) : undefined,
      topScore: random.chance(0.5) ? random.pick([null, 0.2, 0.9]) : undefined,
      error: random.chance(0.1) ? new Error("index away") : undefined,
    });
}

function act(run: RunContext, open: Answer[], random: Random): void {
  const tool = random.pick(TOOLS);
  switch (random.weighted({ llm: 6, tool: 8, retrieval: 2, answer: 14, stray: 1, input: 2, external: 1 })) {
    case "llm":
      open.push(llmAnswer(run.llmCalled(random.pick(MODELS), { streaming: random.chance(0.1) }), random));
      break;
    case "tool":
      open.push(toolAnswer(run.toolCalled(tool, random.pick(ARGUMENTS)), random));
      break;
    case "retrieval":
      open.push(
        retrievalAnswer(run.retrievalCalled(random.pick(["docs", "search"]), random.pick(["a", "b", ""])), random),
      );
      break;
    case "answer": {
      const at = random.chance(0.7) ? open.length - 1 : random.between(0, Math.max(open.length - 1, 0));
      const [answer] = open.splice(at, 1);
      answer?.();
      // Some answers come twice.
      if (random.chance(0.03)) answer?.();
      break;
    }
    case "stray":
      if (random.chance(0.5)) run.toolResponded(tool, { success: random.chance(0.5) });
      else run.llmResponded({ promptTokens: 30, finishReason: "stop", output: "" });
      break;
    case "input":
      run.input(random.pick(INPUTS));
      break;
    case "external":
      run.externalSignal("rate_limit", "provider", { status: 429 });
      break;
  }
}

/** Drives the SDK through one random run: parallel calls, lost and late answers, chat turns, all ends. */
export function randomRun(client: RecordedClient, random: Random): void {
  const run = client.dt.startRun(random.pick(["alpha", "beta"]), {
    userInput: random.pick(INPUTS),
    model: random.pick(MODELS),
    tools: random.chance(0.8) ? TOOLS.slice(0, random.between(0, TOOLS.length)) : undefined,
    humanTools: random.chance(0.3) ? ["ask_user"] : undefined,
    sessionId: random.chance(0.3) ? "s1" : undefined,
  });
  const open: Answer[] = [];
  for (let left = random.chance(0.05) ? random.between(100, 300) : random.between(0, 40); left > 0; left--) {
    client.clock.pass(random.pick([0, 0, 1, 40, 900, 20_000, 70_000]));
    act(run, open, random);
  }
  client.clock.pass(random.between(0, 2000));
  switch (random.weighted({ answered: 5, completed: 2, aborted: 1, failed: 2, open: 1 })) {
    case "answered":
      run.finalAnswer();
      run.end();
      break;
    case "completed":
      run.end({ exitReason: random.pick(["completed", "max_steps", "handoff"]) });
      break;
    case "aborted":
      run.end({ exitReason: "aborted" });
      break;
    case "failed":
      run.fail(new TypeError("broken"));
      break;
    case "open":
      break;
  }
}
