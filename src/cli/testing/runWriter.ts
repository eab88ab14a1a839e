import type { RunHead } from "../../core/wire";
import { type EventType, levelOf, type Micros, type Payloads, RunEncoder } from "../../core/wire";

/** 2026-11-20T10:00:00Z. */
export const START: Micros = 1_795_168_800_000_000;

export interface WriterOptions extends Partial<RunHead> {
  readonly start?: Micros;
  readonly started?: Payloads["run.started"];
}

/** Writes the lines of one run for a test: steps, numbers and times count up by themselves. */
export class RunWriter {
  readonly run_id: string;
  readonly lines: string[] = [];
  #time: Micros;
  #seq = 0;
  #step = 0;
  readonly #encoder: RunEncoder;

  constructor(options: WriterOptions = {}) {
    const {
      start = START,
      started = { input_hash: "2cf24dba5fb0a30e", input_length: 5, tools: ["web_search"] },
      ...head
    } = options;
    this.run_id = head.run_id ?? "3f1c2f1e-0000-4000-8000-000000000001";
    this.#encoder = new RunEncoder({
      agent_id: "research-agent",
      agent_version: "59c22128",
      ...head,
      run_id: this.run_id,
    });
    this.#time = start;
    this.#write("run.started", started, 0);
  }

  /** One event, so many ms after the last. */
  event<T extends EventType>(event_type: T, payload: Payloads[T], ms = 10): this {
    this.#time += ms * 1000;
    if (event_type.endsWith(".called")) this.#step += 1;
    this.#write(event_type, payload, this.#step);
    return this;
  }

  /** An LLM call and its answer. */
  llm(answer: Payloads["llm.responded"] = {}, ms = 1000): this {
    this.event("llm.called", { model: "gpt-4o" });
    return this.event("llm.responded", { finish_reason: "stop", output_length: 20, ...answer }, ms);
  }

  /** A tool call and its answer. */
  tool(tool_name: string, args_hash: string, answer: Payloads["tool.responded"] = {}, ms = 200): this {
    this.event("tool.called", { tool_name, args_hash, args_length: 12 });
    return this.event("tool.responded", { tool_name, success: true, output_length: 100, ...answer }, ms);
  }

  completed(end: Payloads["run.completed"] = {}): this {
    return this.event("run.completed", { exit_reason: "final_answer", ...end });
  }

  errored(end: Payloads["run.errored"] = {}): this {
    return this.event("run.errored", { exit_reason: "error", error_type: "TimeoutError", ...end });
  }

  get text(): string {
    return this.lines.join("");
  }

  #write<T extends EventType>(event_type: T, payload: Payloads[T], step_index: number): void {
    const time = this.#time;
    const level = levelOf(event_type, payload);
    this.lines.push(
      this.#encoder.encode({ event_type, level, time, written: time, step_index, seq: this.#seq++, payload }),
    );
  }
}

/** A run that called one tool again and again with the same arguments and got the same answer: TOOL_LOOP, HIGH. */
export function loopingRun(options: WriterOptions = {}): RunWriter {
  const run = new RunWriter(options);
  for (let at = 0; at < 4; at++)
    run.llm({ finish_reason: "tool_calls", tool_call_count: 1 }).tool("web_search", "aaaaaaaaaaaaaaaa");
  return run.llm().completed();
}

/** A run in which nothing went wrong. */
export function quietRun(options: WriterOptions = {}): RunWriter {
  return new RunWriter(options)
    .llm({ finish_reason: "tool_calls", tool_call_count: 1, prompt_tokens: 100, completion_tokens: 20 })
    .tool("web_search", "aaaaaaaaaaaaaaaa")
    .llm({ prompt_tokens: 200, completion_tokens: 50 })
    .completed();
}
