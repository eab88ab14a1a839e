import { type Micros, microsToMillis, type Payloads, SCHEMA_VERSION } from "../core/wire";
import {
  type CallStart,
  type LlmAnswer,
  LlmCall,
  type LlmCallOptions,
  type Moment,
  type RetrievalAnswer,
  RetrievalCall,
  type ToolAnswer,
  ToolCall,
} from "./calls";
import type { EventLog } from "./eventLog";
import { answerPayload, costOf } from "./llmAnswer";
import type { RunRecorder } from "./recorder";
import { finiteNumber, nameOf, optionalName, parentSpanOf, spanOf, wholeNumber } from "./values";

/** ms between call and answer; unknown when the call is, or when the answer was told with an earlier time. */
function elapsed(call: CallStart | undefined, time: Micros): number | undefined {
  return call === undefined || call.step === 0 || time < call.time ? undefined : microsToMillis(time - call.time);
}

/**
 * Makes events of the calls and answers the application tells, and records them. Nothing here throws but a
 * `PolicyViolation` that a hook asks for.
 */
export class RunCalls {
  readonly #log: EventLog;
  readonly #recorder: RunRecorder;

  constructor(log: EventLog) {
    this.#log = log;
    this.#recorder = log.recorder;
  }

  toolCalled(name: unknown, args: unknown, moment: Moment | undefined): ToolCall {
    this.#log.refuseIfStopped();
    const recorder = this.#recorder;
    const tool_name = nameOf(name);
    let step = 0;
    let time = 0;
    if (this.#log.isOpen("toolCalled")) {
      try {
        recorder.stamp(moment?.at);
        const payload: Payloads["tool.called"] = { tool_name, args_hash: undefined, args_length: undefined };
        recorder.recording.content.args(payload, args);
        step = ++recorder.step;
        time = recorder.time;
        this.#log.record(
          {
            event_type: "tool.called",
            level: "info",
            time,
            written: recorder.written,
            step_index: step,
            seq: recorder.seq,
            schema: SCHEMA_VERSION,
            payload,
            span_id: spanOf(moment),
            parent_span_id: parentSpanOf(moment),
          },
          true,
        );
        recorder.recording.watchdog.opened(recorder, "tool", time);
      } catch (error) {
        recorder.unrecorded++;
        recorder.recording.faults.note("recording a tool call", error);
      }
      this.#log.stopIfAsked();
    }
    return new ToolCall(this, tool_name, step, time);
  }

  /** @param call the call that is answered; undefined: found by its name */
  toolResponded(name: unknown, call: CallStart | undefined, given: ToolAnswer, moment: Moment | undefined): void {
    const recorder = this.#recorder;
    const answer = objectOr<ToolAnswer>(given, NOTHING);
    if (!this.#log.isOpen("toolResponded")) return;
    try {
      const { content } = recorder.recording;
      const tool_name = nameOf(name);
      const start = call ?? recorder.openCall("tool", tool_name);
      recorder.stamp(moment?.at);
      const { time } = recorder;
      const { error, output } = answer;
      const success = typeof answer.success === "boolean" ? answer.success : error === undefined;
      const payload: Payloads["tool.responded"] = {
        tool_name,
        success,
        output_length: wholeNumber(answer.outputLength),
        latency_ms: wholeNumber(answer.latencyMs) ?? elapsed(start, time),
      };
      if ("output" in answer) content.result(payload, output);
      if (error !== undefined) content.thrown(payload, error);
      this.#log.record(
        {
          event_type: "tool.responded",
          level: success ? "info" : "warn",
          time,
          written: recorder.written,
          step_index: stepOf(start, recorder),
          seq: recorder.seq,
          schema: SCHEMA_VERSION,
          payload,
          span_id: spanOf(moment),
          parent_span_id: parentSpanOf(moment),
        },
        true,
      );
    } catch (fault) {
      recorder.unrecorded++;
      recorder.recording.faults.note("recording a tool's answer", fault);
    }
    this.#log.stopIfAsked();
  }

  llmCalled(model: unknown, given: LlmCallOptions, moment: Moment | undefined): LlmCall {
    this.#log.refuseIfStopped();
    const recorder = this.#recorder;
    const options = objectOr<LlmCallOptions>(given, NOTHING);
    const name = optionalName(model);
    let provider: string | undefined;
    let step = 0;
    let time = 0;
    if (this.#log.isOpen("llmCalled")) {
      try {
        provider = optionalName(options.provider);
        // The facts ask for the price of the model: the table is loaded before the call's time is taken.
        if (name !== undefined) recorder.recording.prices.knows(name, provider);
        recorder.stamp(moment?.at);
        time = recorder.time;
        step = ++recorder.step;
        this.#log.record(
          {
            event_type: "llm.called",
            level: "info",
            time,
            written: recorder.written,
            step_index: step,
            seq: recorder.seq,
            schema: SCHEMA_VERSION,
            payload: {
              model: name,
              prompt_tokens: wholeNumber(options.promptTokens),
              provider,
              streaming: options.streaming === true ? true : undefined,
              prompt_name: optionalName(options.promptName),
              prompt_version: optionalName(options.promptVersion),
            },
            span_id: spanOf(moment),
            parent_span_id: parentSpanOf(moment),
          },
          false,
        );
        recorder.recording.watchdog.opened(recorder, "llm", time);
      } catch (error) {
        recorder.unrecorded++;
        recorder.recording.faults.note("recording a model call", error);
      }
    }
    return new LlmCall(this, name, provider, step, time);
  }

  /** @param call the call that is answered; undefined: the newest open one */
  llmResponded(
    call: CallStart | undefined,
    provider: string | undefined,
    given: LlmAnswer,
    moment: Moment | undefined,
  ): void {
    const recorder = this.#recorder;
    const answer = objectOr<LlmAnswer>(given, NOTHING);
    if (!this.#log.isOpen("llmResponded")) return;
    try {
      const open = call === undefined ? recorder.openCall("llm", undefined) : undefined;
      const start = call ?? open;
      recorder.stamp(moment?.at);
      const { time } = recorder;
      const payload = answerPayload(answer, elapsed(start, time), recorder.recording.content);
      const model = payload.model ?? start?.name;
      payload.cost_usd ??= costOf(payload, model, provider ?? open?.llm?.provider, time, recorder.recording.prices);
      this.#log.record(
        {
          event_type: "llm.responded",
          level: "info",
          time,
          written: recorder.written,
          step_index: stepOf(start, recorder),
          seq: recorder.seq,
          schema: SCHEMA_VERSION,
          payload,
          span_id: spanOf(moment),
          parent_span_id: parentSpanOf(moment),
        },
        true,
      );
    } catch (fault) {
      recorder.unrecorded++;
      recorder.recording.faults.note("recording a model's answer", fault);
    }
    this.#log.stopIfAsked();
  }

  retrievalCalled(index: unknown, query: unknown, moment: Moment | undefined): RetrievalCall {
    this.#log.refuseIfStopped();
    const recorder = this.#recorder;
    const index_name = nameOf(index);
    let step = 0;
    let time = 0;
    if (this.#log.isOpen("retrievalCalled")) {
      try {
        recorder.stamp(moment?.at);
        const payload: Payloads["retrieval.called"] = { index_name, query_hash: undefined };
        recorder.recording.content.query(payload, query);
        step = ++recorder.step;
        time = recorder.time;
        this.#log.record(
          {
            event_type: "retrieval.called",
            level: "info",
            time,
            written: recorder.written,
            step_index: step,
            seq: recorder.seq,
            schema: SCHEMA_VERSION,
            payload,
            span_id: spanOf(moment),
            parent_span_id: parentSpanOf(moment),
          },
          false,
        );
        recorder.recording.watchdog.opened(recorder, "retrieval", time);
      } catch (error) {
        recorder.unrecorded++;
        recorder.recording.faults.note("recording a retrieval", error);
      }
    }
    return new RetrievalCall(this, index_name, step, time);
  }

  /** @param call the call that is answered; undefined: found by the name of its index */
  retrievalResponded(
    index: unknown,
    call: CallStart | undefined,
    given: RetrievalAnswer,
    moment: Moment | undefined,
  ): void {
    const recorder = this.#recorder;
    const answer = objectOr<RetrievalAnswer>(given, NOTHING);
    if (!this.#log.isOpen("retrievalResponded")) return;
    try {
      const index_name = nameOf(index);
      const start = call ?? recorder.openCall("retrieval", index_name);
      recorder.stamp(moment?.at);
      const { time } = recorder;
      const { error, topScore } = answer;
      const payload: Payloads["retrieval.responded"] = {
        index_name,
        result_count: wholeNumber(answer.resultCount),
        top_score: topScore === null ? null : finiteNumber(topScore),
        latency_ms: wholeNumber(answer.latencyMs) ?? elapsed(start, time),
      };
      if (error !== undefined) recorder.recording.content.thrown(payload, error);
      this.#log.record(
        {
          event_type: "retrieval.responded",
          level: error === undefined ? "info" : "warn",
          time,
          written: recorder.written,
          step_index: stepOf(start, recorder),
          seq: recorder.seq,
          schema: SCHEMA_VERSION,
          payload,
          span_id: spanOf(moment),
          parent_span_id: parentSpanOf(moment),
        },
        false,
      );
    } catch (fault) {
      recorder.unrecorded++;
      recorder.recording.faults.note("recording a retrieval's answer", fault);
    }
  }
}

const NOTHING = {};

/** JavaScript code may pass null or anything else for what is known of a call. */
function objectOr<T extends object>(given: T, nothing: T): T {
  return typeof given === "object" && given !== null ? given : nothing;
}

/** An answer carries the step of its call, one without a call the current step. */
function stepOf(call: CallStart | undefined, recorder: RunRecorder): number {
  return call === undefined || call.step === 0 ? recorder.step : call.step;
}
