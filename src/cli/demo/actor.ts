import type { LlmAnswer, RunContext, Scalar } from "../../sdk";
import type { AgentProfile } from "./agent";
import type { Random } from "./random";
import type { DemoTime } from "./time/demoTime";

/** What a model call differs in from a usual one of its agent. */
export interface Thought {
  /** How long it takes, ms. */
  readonly ms?: number;
  /** Its length is the failure: it takes so many ms at least, however fast the demo is played. */
  readonly least?: number;
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  /** The model called, where it is another one. */
  readonly model?: string;
  /** As the provider says it. */
  readonly finish?: string;
}

/** How a tool call goes. */
export interface ToolResult {
  readonly ms?: number;
  /** As for a model call. */
  readonly least?: number;
  /** The tool's own work, such as a nested run; then the call takes as long as that. */
  readonly does?: () => Promise<void>;
  /** What it returns. */
  readonly returns?: unknown;
  /** What it fails with. */
  readonly fails?: string;
}

/** What a search in an index finds. */
export interface Found {
  readonly ms?: number;
  readonly count: number;
  readonly score: number | null;
}

/** Prompts grow with what was said, up to the point where the history is cut. */
const GROWTH_PER_CALL = 0.1;
const MOST_CALLS_IN_HISTORY = 5;
/** Work of the agent itself between two calls, ms. */
const OWN_WORK_MS = 8;

/** Plays one run: each method does what a real agent does there, and takes the time it takes. */
export class Actor {
  readonly random: Random;
  readonly #run: RunContext;
  readonly #agent: AgentProfile;
  readonly #time: DemoTime;
  #llmCalls = 0;

  constructor(run: RunContext, agent: AgentProfile, time: DemoTime, random: Random) {
    this.#run = run;
    this.#agent = agent;
    this.#time = time;
    this.random = random;
  }

  /** The model decides to call tools. */
  async think(thought: Thought = {}, calls = 1): Promise<void> {
    await this.#llm(thought, { output: "", toolCallCount: calls, finishReason: thought.finish ?? "tool_calls" });
  }

  /** The model says something to the user. */
  async say(text: string, thought: Thought = {}): Promise<void> {
    await this.#llm(thought, { output: text, finishReason: thought.finish ?? "stop" });
  }

  /** The model says its final answer. */
  async answer(text: string, thought: Thought = {}): Promise<void> {
    await this.say(text, thought);
    this.#run.finalAnswer();
  }

  /** The provider of the model fails. */
  async modelFails(message: string, thought: Thought = {}): Promise<void> {
    await this.#llm(thought, { error: new Error(message) });
  }

  async #llm(thought: Thought, answer: LlmAnswer): Promise<void> {
    const { habits, model, provider, streaming, answersAs } = this.#agent;
    await this.#time.wait(this.random.about(OWN_WORK_MS));
    const ms = thought.ms ?? this.random.about(habits.llmMs);
    const call = this.#run.llmCalled(thought.model ?? model, { provider, streaming });
    await this.#time.wait(ms, thought.least);
    const usage = answer.error === undefined ? this.#usage(thought) : {};
    const latencyMs = this.#time.told(ms);
    const streams = streaming && answer.error === undefined && latencyMs !== undefined;
    const firstTokenMs = streams ? Math.round(latencyMs / 4) : undefined;
    call.responded({ model: thought.model ?? answersAs, latencyMs, firstTokenMs, ...usage, ...answer });
  }

  #usage(thought: Thought): LlmAnswer {
    const { promptTokens } = this.#agent.habits;
    const history = Math.min(this.#llmCalls++, MOST_CALLS_IN_HISTORY);
    if (promptTokens === undefined) return {};
    return {
      promptTokens: thought.promptTokens ?? Math.round(promptTokens * (1 + GROWTH_PER_CALL * history)),
      completionTokens: thought.completionTokens ?? this.random.whole(20, 90),
    };
  }

  /** Calls a tool, which returns something or fails. */
  async tool(name: string, args: unknown, result: ToolResult = {}): Promise<void> {
    await this.#time.wait(this.random.about(OWN_WORK_MS));
    const { does, returns = { ok: true }, fails } = result;
    const ms = result.ms ?? (does === undefined ? this.random.about(this.#agent.habits.toolMs) : 0);
    const latencyMs = does === undefined ? this.#time.told(ms) : undefined;
    const call = this.#run.toolCalled(name, args);
    await (does?.() ?? this.#time.wait(ms, result.least));
    call.responded(fails === undefined ? { output: returns, latencyMs } : { error: new Error(fails), latencyMs });
  }

  /** The model decides on a tool, and the tool is called. */
  async use(name: string, args: unknown, result: ToolResult = {}): Promise<void> {
    await this.think();
    await this.tool(name, args, result);
  }

  /** Calls a tool that never answers. */
  async callWithoutAnswer(name: string, args: unknown): Promise<void> {
    await this.#time.wait(this.random.about(OWN_WORK_MS));
    this.#run.toolCalled(name, args);
  }

  /** Searches an index. */
  async search(index: string, query: string, { ms, count, score }: Found): Promise<void> {
    await this.#time.wait(this.random.about(OWN_WORK_MS));
    const took = ms ?? this.random.about(this.#agent.habits.toolMs);
    const call = this.#run.retrievalCalled(index, query);
    await this.#time.wait(took);
    call.responded({ resultCount: count, topScore: score, latencyMs: this.#time.told(took) });
  }

  /** The user says something more after so many ms. */
  async user(text: string, afterMs: number): Promise<void> {
    await this.#time.wait(afterMs);
    this.#run.input(text);
  }

  /** Time passes. */
  pause(ms: number): Promise<void> {
    return this.#time.wait(ms);
  }

  /** Something happens outside of the agent. */
  notice(name: string, source: string, meta: Readonly<Record<string, Scalar>>): void {
    this.#run.externalSignal(name, source, meta);
  }

  /** The run goes on with a person. */
  handOff(): void {
    this.#run.end({ exitReason: "handoff" });
  }

  /** The agent has used up the steps it is given. */
  outOfSteps(): void {
    this.#run.end({ exitReason: "max_steps" });
  }
}
