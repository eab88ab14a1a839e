import { bodyOf, sendJson, serveModel } from "../shared/modelServer";

/** How many parts the answer has when no part may be longer than the limit. */
const PARTS = 4;

/** An answer of the messages API, cut at the limit until its last part. */
function message(asked: { readonly messages: readonly { readonly role: string }[] }): object {
  const given = asked.messages.filter(({ role }) => role === "assistant").length;
  return {
    id: `msg_${given}`,
    type: "message",
    role: "assistant",
    model: "claude-sonnet-5",
    content: [{ type: "text", text: "Buttons were made of shell, horn and bone, then" }],
    stop_reason: given + 1 < PARTS ? "max_tokens" : "end_turn",
    stop_sequence: null,
    usage: { input_tokens: 40 + 70 * given, output_tokens: 64 },
  };
}

/** Starts the fake model. */
export const startModelServer = () =>
  serveModel(async (request, response) => sendJson(response, message(JSON.parse(await bodyOf(request)))));
