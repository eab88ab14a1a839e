import type { FakeModels } from "../../../src/integrations/models/testing/fakeModels";
import { chatEvents, chatReply, toolCall } from "../../../src/integrations/models/testing/openaiReplies";

const answer = chatReply({ content: "CANARY-answer" });
const streamed = { events: chatEvents(["CANARY-", "answer"], false) };

/** What the models say to each pipeline of `pipelines/`, in the order in which `asked` asks. */
export function answers(models: FakeModels): void {
  models.answerBelow("summary", answer, answer);
  models.answerBelow("knowledge", answer, answer);
  models.answerBelow("chat", answer, streamed);
  models.answerBelow("chat_async", answer, answer, streamed);
  models.answerBelow("words", { events: chatEvents(["CANARY-", "answer"], true) });
  const calls = [toolCall("c1", "web_search", { query: "CANARY-q" }), toolCall("c2", "lookup", { order: "CANARY-o" })];
  models.answerBelow("assistant", chatReply({ content: null, tool_calls: calls }, "tool_calls"), answer);
}
