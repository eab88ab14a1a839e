import type OpenAI from "openai";
import type { RunContext } from "../../src/sdk";
import { type Answer, answerOf, askStreamed, complete, type Messages, playAgent } from "./agent";
import { inRun, openaiFor, recorded } from "./inRun";
import { MODEL, perform, type Scene } from "./scenes";
import type { Way } from "./way";

/** The SDK by hand: the agent tells its model calls and its tools itself. */
export const byHand: Way = async (scene, system) => {
  const openai = openaiFor(scene, system);
  return inRun(scene, recorded(), (run) =>
    playAgent({
      ask: (messages) => ask(run, scene, openai, messages),
      use: async (name, args) => {
        const call = run.toolCalled(name, args);
        try {
          const output = await perform(name, args);
          call.responded({ output });
          return output;
        } catch (error) {
          call.responded({ error });
          throw error;
        }
      },
    }),
  );
};

async function ask(run: RunContext, { streamed }: Scene, openai: OpenAI, messages: Messages): Promise<Answer> {
  if (!streamed) return answerOf(await run.llm(MODEL, () => complete(openai, messages), { provider: "openai" }));
  const started = performance.now();
  let firstTokenMs: number | undefined;
  const call = run.llmCalled(MODEL, { provider: "openai", streaming: true });
  const answer = await askStreamed(openai, messages, () => {
    firstTokenMs = performance.now() - started;
  });
  const { model, finish, usage, content, calls } = answer;
  call.responded({
    model,
    finishReason: finish,
    promptTokens: usage?.prompt_tokens,
    completionTokens: usage?.completion_tokens,
    cacheReadTokens: usage?.prompt_tokens_details?.cached_tokens,
    reasoningTokens: usage?.completion_tokens_details?.reasoning_tokens,
    toolCallCount: calls.length,
    output: content,
    firstTokenMs,
  });
  return answer;
}
