import type { Reply } from "../../src/integrations/models/testing/fakeModels";
import { toolCall } from "../../src/integrations/models/testing/openaiReplies";

/** What the model says in one turn. */
export interface Turn {
  readonly text?: string;
  readonly calls?: readonly { readonly name: ToolName; readonly args: Readonly<Record<string, string>> }[];
}

export type ToolName = "web_search" | "book_visit";
export const TOOLS: readonly ToolName[] = ["web_search", "book_visit"];

/** One agent at work: what its model says, and whether that is streamed. */
export interface Scene {
  readonly agent: string;
  readonly streamed: boolean;
  readonly turns: readonly Turn[];
}

export const MODEL = "gpt-4o";
export const SYSTEM = "CANARY-system You are the guide of a museum.";
export const QUESTION = "CANARY-question When is the museum open on Sunday?";
const search = (q: string) => ({ name: "web_search", args: { q: `CANARY-${q}` } }) as const;

export const SCENES: readonly Scene[] = [
  {
    agent: "museum",
    streamed: true,
    turns: [
      { calls: [search("opening hours")] },
      { calls: [search("sunday"), { name: "book_visit", args: { day: "CANARY-sunday" } }] },
      { text: "CANARY-answer From ten to six." },
    ],
  },
  {
    agent: "looping",
    streamed: false,
    turns: [
      ...Array.from({ length: 6 }, () => ({ calls: [search("opening hours")] })),
      { text: "CANARY-answer Sorry." },
    ],
  },
];

/** What the tools do: one finds the same each time, the other fails. */
export async function perform(name: string, args: Readonly<Record<string, unknown>>): Promise<string> {
  if (name === "web_search") return `CANARY-found ${Object.values(args).join()} ten to six`;
  throw new TypeError("CANARY-error The calendar is closed.");
}

/** The answers of the model server; prompts grow with each turn, as they do when results are added. */
export function repliesOf({ streamed, turns }: Scene): Reply[] {
  return turns.map((turn, at) => (streamed ? { events: pieces(turn, at) } : { json: whole(turn, at) }));
}

const head = (at: number) => ({ id: `chatcmpl-${at}`, created: 1_795_168_800, model: "gpt-4o-2024-08-06" });
const finishOf = ({ calls }: Turn): string => (calls === undefined ? "stop" : "tool_calls");

function usage(at: number) {
  return {
    prompt_tokens: 200 + 40 * at,
    completion_tokens: 20 + at,
    total_tokens: 220 + 41 * at,
    prompt_tokens_details: { cached_tokens: 128, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 5, audio_tokens: 0 },
  };
}

const callsOf = ({ calls = [] }: Turn, at: number) =>
  calls.map(({ name, args }, index) => toolCall(`call_${at}_${index}`, name, args));

function whole(turn: Turn, at: number) {
  const tool_calls = callsOf(turn, at);
  const message = {
    role: "assistant",
    refusal: null,
    content: turn.text ?? null,
    ...(tool_calls.length > 0 ? { tool_calls } : {}),
  };
  const choices = [{ index: 0, message, logprobs: null, finish_reason: finishOf(turn) }];
  return { ...head(at), object: "chat.completion", choices, usage: usage(at) };
}

function pieces(turn: Turn, at: number) {
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    data: {
      ...head(at),
      object: "chat.completion.chunk",
      choices: [{ index: 0, delta, logprobs: null, finish_reason }],
      usage: null,
    },
  });
  const texts = (turn.text ?? "").split(/(?<= )/).filter((text) => text !== "");
  return [
    chunk({ role: "assistant", content: turn.text === undefined ? null : "", refusal: null }),
    ...texts.map((content) => chunk({ content })),
    ...callsOf(turn, at).map((call, index) => chunk({ tool_calls: [{ index, ...call }] })),
    chunk({}, finishOf(turn)),
    { data: { ...head(at), object: "chat.completion.chunk", choices: [], usage: usage(at) } },
    { data: "[DONE]" },
  ];
}
