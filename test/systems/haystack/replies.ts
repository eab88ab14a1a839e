import type { FakeModels, Reply } from "../../../src/integrations/models/testing/fakeModels";
import { chatEvents, chatReply, errorReply, toolCall } from "../../../src/integrations/models/testing/openaiReplies";

const answer = chatReply({ content: "CANARY-answer" });
const calls = (...wanted: readonly ReturnType<typeof toolCall>[]): Reply =>
  chatReply({ content: null, tool_calls: wanted }, "tool_calls");
const search = (id: string, query: string) => toolCall(id, "web_search", { query });
const lookup = (id: string, order: string) => toolCall(id, "lookup", { order });
const asked = { messages: [{ role: "user", content: [{ text: "CANARY-inner" }] }] };
const pieces = ["CANARY-", "answer"];

/** What the model says to each of the programs, by the name of what it does. */
const SAID: Readonly<Record<string, readonly Reply[]>> = {
  plain: [answer],
  documents: [answer],
  empty: [answer],
  custom: [answer],
  again: [answer],
  nameless: [answer],
  injected: [answer],
  instructed: [answer],
  connected: [answer],
  served: [answer],
  killed: [answer],
  written: [answer],
  talk_1: [answer],
  talk_2: [answer],
  concurrent: [answer, answer],
  streamed: [{ events: chatEvents(pieces, false) }],
  streamed_usage: [{ events: chatEvents(pieces, true) }],
  broken: [errorReply(500, "server_error")],
  limited: [errorReply(429, "rate_limit_exceeded")],
  both_tools: [calls(search("c1", "CANARY-1")), calls(lookup("c2", "CANARY-2")), answer],
  parallel: [calls(search("c1", "CANARY-1"), lookup("c2", "CANARY-2"), search("c3", "CANARY-3")), answer],
  loop: [...Array.from({ length: 5 }, (_, index) => calls(search(`c${index}`, "CANARY-same"))), answer],
  failing: [calls(lookup("c1", "missing")), answer],
  invoker: [calls(search("c1", "CANARY-1"), lookup("c2", "missing"))],
  raising: [calls(lookup("c1", "missing"))],
  steps: [calls(search("c1", "CANARY-1")), calls(search("c2", "CANARY-2"))],
  last_step: [calls(search("c1", "CANARY-1")), answer],
  exit_tool: [calls(lookup("c1", "CANARY-1"))],
  replaced_bad: [errorReply(500, "server_error")],
  replaced_good: [answer],
  fallback_bad: [errorReply(500, "server_error")],
  fallback_good: [answer],
  nested: [calls(toolCall("c1", "researcher", asked)), answer],
  nested_inner: [calls(search("c2", "CANARY-1")), calls(search("c3", "CANARY-2"))],
  alone: [calls(search("c1", "CANARY-1")), calls(search("c1", "CANARY-1")), answer, answer],
  lambdas: [calls(toolCall("c1", "shout", { text: "CANARY-1" })), answer],
};

/** Lets the models answer each of the programs once. */
export function answerPrograms(models: FakeModels): void {
  for (const [name, replies] of Object.entries(SAID)) models.answerBelow(name, ...replies);
}
