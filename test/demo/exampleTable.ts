import type { ExampleRun } from "./exampleRuns";

/** What an example shows. */
export interface Example {
  /** By their start. */
  readonly runs: readonly ExampleRun[];
  /** Words of its content, which are nowhere in its lines. */
  readonly content: string;
  /** What it says on stderr and belongs there. */
  readonly says?: string;
  /** Lines on stdout that are not the SDK's. Default: none. */
  readonly others?: number;
}

/** Model calls whose prompt grows by some tokens each, with a call of a tool between two of them. */
function loop(model: string, prompts: readonly number[], tool: string, end: string): string[] {
  return prompts.flatMap((prompt, at) => {
    const isLast = at === prompts.length - 1;
    return isLast ? [`llm ${model} ${prompt}/16 ${end}`] : [`llm ${model} ${prompt}/16 tool_calls`, tool];
  });
}

const answered = { exit_reason: "final_answer", signals: {} };

/** The four requests of the web examples: two answers, an empty question (400), a tool that fails (500). */
const VISITS: readonly ExampleRun[] = [
  { agent_id: "museum-guide", ...answered, calls: ["tool opening_hours"] },
  { agent_id: "museum-guide", ...answered, calls: ["tool opening_hours"] },
  { agent_id: "museum-guide", exit_reason: "completed", signals: {}, calls: [] },
  {
    agent_id: "museum-guide",
    exit_reason: "error",
    signals: { FIRST_STEP_FAILURE: "MEDIUM" },
    calls: ["tool opening_hours !Error"],
  },
];
const OPENING: Pick<Example, "content"> = { content: "10 to 17" };

const SEARCHING: ExampleRun = {
  agent_id: "museum-guide",
  exit_reason: "final_answer",
  signals: { TOOL_LOOP: "HIGH" },
  calls: loop("gpt-4o-mini", [110, 160, 210, 260, 310, 360], "tool web_search", "stop"),
};

const UNANSWERED: ExampleRun = {
  agent_id: "museum-guide",
  exit_reason: "final_answer",
  signals: { RETRY_STORM: "HIGH", TOOL_LOOP: "MEDIUM", FIRST_STEP_FAILURE: "MEDIUM" },
  calls: loop("gpt-4o-mini", [60, 85, 110, 135, 160], "tool catalogue !TimeoutError", "stop"),
};

const SEARCHES_ALONE: ExampleRun = {
  agent_id: "museum-guide",
  exit_reason: "completed",
  signals: { TOOL_LOOP: "HIGH" },
  calls: ["tool web_search ×4"],
};

/** Every example that `examples/run.mjs` starts. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  "ai-sdk-agent": { content: "museum open", runs: [SEARCHING] },
  anthropic: {
    content: "button",
    runs: [
      {
        agent_id: "catalogue-writer",
        exit_reason: "final_answer",
        signals: { LLM_TRUNCATION_LOOP: "HIGH" },
        calls: [
          "llm claude-sonnet-5 40/64 length",
          "llm claude-sonnet-5 110/64 length",
          "llm claude-sonnet-5 180/64 length",
          "llm claude-sonnet-5 250/64 stop",
        ],
      },
    ],
  },
  "auto-instrumentation": {
    content: "ticket office",
    says: "Instrumented: fetch, undici, http, openai.chat.completions, openai.responses, openai.completions, anthropic",
    runs: [
      {
        agent_id: "ticket-desk",
        exit_reason: "final_answer",
        signals: { RETRY_STORM: "HIGH", FIRST_STEP_FAILURE: "MEDIUM", TOOL_LOOP: "LOW" },
        calls: ["tool 127.0.0.1 !HttpStatus ×4", "llm gpt-4o-mini 64/9 stop"],
      },
    ],
  },
  collector: {
    content: "button museum",
    runs: [
      {
        agent_id: "museum-guide",
        exit_reason: "completed",
        signals: { TOOL_LOOP: "HIGH" },
        calls: ["retrieval ask_the_archive ?", "tool web_search ×4", "llm gpt-4o-mini 180/16 ?"],
      },
    ],
  },
  express: { ...OPENING, runs: VISITS, says: '500 {"error":"Something went wrong."}' },
  fastify: { ...OPENING, runs: VISITS, says: "The calendar does not answer." },
  "fetch-handler": {
    ...OPENING,
    says: "The calendar does not answer.",
    runs: [...VISITS, { agent_id: "museum-guide", ...answered, calls: ["tool opening_hours"] }],
  },
  "http-tools": {
    content: "7731",
    runs: [
      {
        agent_id: "order-tracker",
        exit_reason: "final_answer",
        signals: { TOOL_LOOP: "HIGH" },
        calls: ["tool 127.0.0.1 ×6"],
      },
    ],
  },
  "langchain-agent": {
    content: "museum open",
    says: "Error in handler",
    runs: [
      {
        agent_id: "museum-guide",
        exit_reason: "policy_violation",
        signals: { TOOL_LOOP: "HIGH" },
        calls: [
          ...loop("gpt-4o-mini", [85, 135, 185, 235, 285, 335], "tool web_search", "tool_calls"),
          "tool web_search …",
        ],
      },
    ],
  },
  "loop-agent": { content: "museum open", runs: [SEARCHING] },
  "node-http": { ...OPENING, runs: VISITS, says: "500 Something went wrong." },
  openai: {
    content: "10 to 17",
    runs: ["120/11", "?/?"].map((streamed) => ({
      agent_id: "museum-guide",
      ...answered,
      calls: ["llm gpt-4o-mini 80/12 tool_calls", "tool opening_hours", `llm gpt-4o-mini ${streamed} stop`],
    })),
  },
  "opentelemetry-attach": {
    content: "museum open",
    says: "new NodeTracerProvider({ spanProcessors: [new DunetraceSpanProcessor(dt)] })",
    runs: [UNANSWERED],
  },
  "opentelemetry-exporter": {
    content: "museum open",
    says: "invoke_agent museum-guide · TOOL_LOOP · ERROR",
    runs: [
      {
        ...SEARCHING,
        calls: [...loop("gpt-4o-mini", [60, 85, 110, 135, 160], "tool web_search", "tool_calls"), "tool web_search"],
      },
    ],
  },
  "opentelemetry-receiver": { content: "museum open", runs: [UNANSWERED] },
  pino: { content: "button", runs: [SEARCHES_ALONE], others: 6 },
  "pino-loki": {
    content: "button",
    says: '"cluster":"eu","agent_id":"museum-guide","event_type":"run.completed"',
    runs: [SEARCHES_ALONE],
  },
  policies: {
    content: "button museum",
    says: "looping-guide: stopped. The agent searches in circles.",
    runs: [
      {
        agent_id: "looping-guide",
        exit_reason: "policy_violation",
        signals: { TOOL_LOOP: "MEDIUM" },
        calls: [...loop("gpt-4o", [85, 135, 185], "tool catalogue", "tool_calls"), "tool catalogue …"],
      },
      {
        agent_id: "expensive-guide",
        exit_reason: "final_answer",
        signals: { TOOL_LOOP: "HIGH", MODEL_FALLBACK_DRIFT: "MEDIUM" },
        calls: [
          ...loop("gpt-4o", [85, 135, 185], "tool catalogue", "tool_calls"),
          "tool catalogue",
          ...loop("gpt-4o-mini", [235, 285, 335], "tool catalogue", "stop"),
        ],
      },
      {
        agent_id: "stubborn-guide",
        exit_reason: "final_answer",
        signals: { RETRY_STORM: "HIGH", FIRST_STEP_FAILURE: "MEDIUM" },
        calls: loop("gpt-4o", [85, 135, 210], "tool catalogue !Error", "stop"),
      },
    ],
  },
  "rag-agent": {
    content: "remote work",
    runs: [
      { agent_id: "handbook", ...answered, calls: ["retrieval handbook 1", "llm gpt-4o-mini 45/9 stop"] },
      {
        agent_id: "handbook",
        exit_reason: "final_answer",
        signals: { RAG_EMPTY_RETRIEVAL: "MEDIUM" },
        calls: ["retrieval handbook 0", "llm gpt-4o-mini 32/9 stop"],
      },
    ],
  },
};
