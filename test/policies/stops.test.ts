import { HumanMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { createReactAgent } from "@langchain/langgraph/prebuilt";
import { ChatOpenAI } from "@langchain/openai";
import type OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DunetraceCallbackHandler } from "../../src/integrations/langchain";
import { FakeModels, type Reply } from "../../src/integrations/models/testing/fakeModels";
import { OPENAI_MAJORS } from "../../src/integrations/models/testing/openaiMajors";
import { chatEvents, chatReply, toolCall } from "../../src/integrations/models/testing/openaiReplies";
import { instrumentOpenAI } from "../../src/integrations/openai";
import { PolicyViolation } from "../../src/sdk";
import { RecordedClient } from "../../src/sdk/testing/record";

const models = new FakeModels();
beforeAll(() => models.listen());
afterAll(() => models.close());

const NO_LOOPS = {
  name: "no loops",
  condition: { trigger: "signal", operator: "eq", value: "TOOL_LOOP" },
  action: { type: "stop" },
} as const;
const SEARCH = { q: "CANARY-opening hours" };
const ASK = { model: "gpt-4o", messages: [{ role: "user" as const, content: "CANARY-question" }] };
/** LangChain takes two answers with one id for the same message. */
const withId = <T extends object>(data: T, at: number): T => ({ ...data, id: `chatcmpl-${at}` });

function wantsSearch(_: unknown, at: number): Reply {
  const tool_calls = [toolCall(`call_${at}`, "search", SEARCH)];
  const { json } = chatReply({ content: null, tool_calls }, "tool_calls");
  return { json: withId(Object(json), at) };
}

/** The loop: more answers than are ever asked for, were the policy to fail. */
const REPLIES = Array.from({ length: 12 }, wantsSearch);

function streamedSearch(at: number): Reply {
  const [head, ...rest] = chatEvents([], true, "tool_calls");
  if (head === undefined) throw new Error("no events");
  const call = { index: 0, ...toolCall(`call_${at}`, "search", SEARCH) };
  const choices = [{ index: 0, delta: { tool_calls: [call] }, logprobs: null, finish_reason: null }];
  const events = [head, { data: { ...Object(head.data), choices } }, ...rest];
  return { events: events.map(({ data }) => ({ data: typeof data === "string" ? data : withId(data, at) })) };
}

/** Where the loop is seen: at the third equal call, before it is made. */
const THIRD = 3;

function checkStopped(client: RecordedClient, asked: number, searched: number): void {
  expect(asked).toBe(THIRD);
  expect(searched).toBe(THIRD - 1);
  expect(client.of("policy.triggered").map(({ payload }) => [payload.policy_name, payload.action_type])).toEqual([
    ["no loops", "stop"],
  ]);
  expect(client.lines.at(-1)).toMatchObject({
    event_type: "run.errored",
    payload: { exit_reason: "policy_violation", policy_name: "no loops" },
  });
  expect(client.texts.join("")).not.toContain("CANARY");
}

describe.each(OPENAI_MAJORS)("a loop of openai $version is stopped mid-run", ({ OpenAI: Client }) => {
  async function stopped(
    replies: readonly Reply[],
    program: (openai: OpenAI, search: (args: object) => Promise<string>) => Promise<unknown>,
  ): Promise<unknown> {
    const client = new RecordedClient();
    client.dt.addPolicy(NO_LOOPS);
    const { unpatch } = instrumentOpenAI(Client);
    try {
      models.answer(...replies);
      const before = models.asked.length;
      let searched = 0;
      const search = client.dt.tool(
        async (_args: object) => {
          searched++;
          return "CANARY-nothing";
        },
        { name: "search" },
      );
      const openai = new Client({ apiKey: "CANARY-key", baseURL: `${models.url}/v1`, maxRetries: 0 });
      const thrown = await client.dt.run("agent", () => program(openai, search)).catch((error: unknown) => error);
      // Whatever would still be asked is asked by then.
      await new Promise((resolve) => setImmediate(resolve));
      checkStopped(client, models.asked.length - before, searched);
      return thrown;
    } finally {
      unpatch();
    }
  }

  it("in chat", async () => {
    const thrown = await stopped(REPLIES, async (openai, search) => {
      for (;;) {
        await openai.chat.completions.create(ASK);
        await search(SEARCH);
      }
    });
    expect(thrown).toBeInstanceOf(PolicyViolation);
  });

  it("in streamed chat", async () => {
    const replies = REPLIES.map((_reply, at) => streamedSearch(at));
    const thrown = await stopped(replies, async (openai, search) => {
      for (;;) {
        let wanted = 0;
        for await (const { choices } of await openai.chat.completions.create({ ...ASK, stream: true })) {
          wanted += choices[0]?.delta.tool_calls?.length ?? 0;
        }
        if (wanted === 0) return "done";
        await search(SEARCH);
      }
    });
    expect(thrown).toBeInstanceOf(PolicyViolation);
  });

  it.each([false, true])(
    "in runTools(), whose error names the violation as its cause, streamed: %s",
    async (stream) => {
      const replies = stream ? REPLIES.map((_reply, at) => streamedSearch(at)) : REPLIES;
      const thrown = await stopped(replies, (openai, search) => {
        const made = {
          name: "search",
          description: "CANARY-tool",
          parameters: {},
          function: search,
          parse: JSON.parse,
        };
        const tools = [{ type: "function" as const, function: made }];
        if (stream) return openai.chat.completions.runTools({ ...ASK, tools, stream: true }).finalContent();
        return openai.chat.completions.runTools({ ...ASK, tools }).finalContent();
      });
      expect(thrown).toBeInstanceOf(Error);
      expect(thrown instanceof Error ? thrown.cause : undefined).toBeInstanceOf(PolicyViolation);
    },
  );
});

describe("a loop of a LangGraph agent is stopped mid-run", () => {
  it.each([
    ["answered whole", false],
    ["streamed", true],
  ])("%s", async (_, streamed) => {
    const client = new RecordedClient();
    client.dt.addPolicy(NO_LOOPS);
    models.answer(...(streamed ? REPLIES.map((_reply, at) => streamedSearch(at)) : REPLIES));
    const before = models.asked.length;
    let searched = 0;
    const search = tool(
      () => {
        searched++;
        return "CANARY-nothing";
      },
      {
        name: "search",
        description: "Searches",
        schema: { type: "object", properties: { q: { type: "string" } } } as const,
      },
    );
    const configuration = { baseURL: `${models.url}/v1` };
    const llm = new ChatOpenAI({ model: "gpt-4o", apiKey: "CANARY-key", maxRetries: 0, configuration });
    const graph = createReactAgent({ llm, tools: [search], name: "agent" });
    const callbacks = [new DunetraceCallbackHandler(client.dt)];
    const asked = { messages: [new HumanMessage("CANARY-question")] };
    const program = async (): Promise<void> => {
      if (!streamed) await graph.invoke(asked, { callbacks });
      else for await (const piece of await graph.stream(asked, { callbacks, streamMode: "messages" })) void piece;
    };
    await expect(program()).rejects.toBeInstanceOf(PolicyViolation);
    checkStopped(client, models.asked.length - before, searched);
  });
});
