import * as anthropic from "../../../src/integrations/models/testing/anthropicReplies";
import type { FakeModels } from "../../../src/integrations/models/testing/fakeModels";
import {
  chatEvents,
  chatReply,
  errorReply,
  outputText,
  RETRY_AT_ONCE,
  response,
  responseEvents,
  toolCall,
} from "../../../src/integrations/models/testing/openaiReplies";

const answer = chatReply({ content: "CANARY-answer" });
const calls = (...wanted: readonly ReturnType<typeof toolCall>[]) =>
  chatReply({ content: null, tool_calls: wanted }, "tool_calls");
const search = (id: string, query = "CANARY-same") => toolCall(id, "search", { query });
const lookup = (id: string, query: string) => toolCall(id, "lookup", { query });

/** What OpenAI's models say to each scenario of the programs, below its name. */
export function openaiScenarios(models: FakeModels): void {
  for (const name of ["plain", "closing", "chain", "documents", "session", "found", "empty"])
    models.answerBelow(name, answer);
  models.answerBelow("haystack", answer, answer);
  models.answerBelow("streamed", { events: chatEvents(["CANARY-", "answer"], false) });
  models.answerBelow("streamed_usage", { events: chatEvents(["CANARY-", "answer"], true) });
  models.answerBelow("tool_calls", calls(search("c1")), answer);
  models.answerBelow("untraced_tools", ...Array.from({ length: 6 }, (_, at) => calls(search(`c${at}`))), answer);
  models.answerBelow("broken", errorReply(500, "server_error"));
  models.answerBelow("limited", errorReply(429, "rate_limit_exceeded"));
  models.answerBelow("retried", errorReply(429, "rate_limit_exceeded", RETRY_AT_ONCE), answer);
  models.answerBelow("responses", { json: response([outputText("CANARY-answer")]) });
  models.answerBelow("responses_streamed", { events: responseEvents(["CANARY-answer"], "response.completed") });
  models.answerBelow("embedding", {
    json: {
      object: "list",
      model: "text-embedding-3-small",
      data: [{ object: "embedding", index: 0, embedding: [0.1, 0.2] }],
      usage: { prompt_tokens: 7, total_tokens: 7 },
    },
  });
  models.answerBelow("agent", calls(search("c1")), answer);
  models.answerBelow("documented", calls(toolCall("c1", "weather", { city: "CANARY-city" })), answer);
  models.answerBelow("both_tools", calls(search("c1")), calls(lookup("c2", "CANARY-2")), answer);
  models.answerBelow("parallel", calls(search("c1", "CANARY-1"), search("c2", "CANARY-2")), answer);
  models.answerBelow("loop", ...Array.from({ length: 5 }, (_, at) => calls(search(`c${at}`))), answer);
  models.answerBelow("failing_tool", calls(lookup("c1", "CANARY-missing")), answer);
  models.answerBelow("month_end", calls(search("c1")), answer, calls(search("c2")), answer);
  models.answerBelow("concurrent", answer, answer, answer, answer);
}

/** What Anthropic's models say. */
export function anthropicScenarios(models: FakeModels): void {
  const said = anthropic.messageReply([anthropic.text("CANARY-answer")]);
  const wanted = anthropic.messageReply([anthropic.toolUse("search", { query: "CANARY-same" })], "tool_use");
  models.answerBelow("plain", said);
  models.answerBelow("agent", wanted, said);
  for (const name of ["streamed", "stream_helper", "workflow_streamed", "workflow_helper"]) {
    models.answerBelow(name, { events: anthropic.messageEvents(["CANARY-", "answer"]) });
  }
  for (const name of ["broken", "workflow_broken"]) {
    models.answerBelow(name, anthropic.errorReply(529, "overloaded_error"));
  }
  models.answerBelow("limited", anthropic.errorReply(429, "rate_limit_error"));
}
