import { autoInstrument } from "../../src/integrations/auto";
import { wrapTool } from "../../src/sdk/tool";
import { answerOf, askStreamed, complete, playAgent } from "./agent";
import { inRun, openaiFor, recorded } from "./inRun";
import { perform } from "./scenes";
import type { Way } from "./way";

/** An agent that says nothing itself: its client is instrumented, its tools are wrapped. */
export const autoInstrumented: Way = async (scene, system) => {
  const { unpatch } = await autoInstrument(["openai"]);
  try {
    const openai = openaiFor(scene, system);
    return await inRun(scene, recorded(), () =>
      playAgent({
        ask: async (messages) =>
          scene.streamed ? askStreamed(openai, messages) : answerOf(await complete(openai, messages)),
        use: (name, args) => wrapTool((named: typeof args) => perform(name, named), { name })(args),
      }),
    );
  } finally {
    unpatch();
  }
};
