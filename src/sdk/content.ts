import { argumentsText, canonicalJson, type Hash, hashText, redact, shapeOf } from "../core/hashing";
import { scanInput } from "../core/injection";
import type { CaptureMode, HashMode, Payloads } from "../core/wire";
import { describeThrown } from "./errors";
import { isStream } from "./streams";

type ErrorFields = Pick<Payloads["llm.responded"], "error_hash" | "error_type" | "error_message" | "error_stack">;
type InputFields = Payloads["input.received"];

/** The text of a value whose length or hash is told: text as it is, anything else as canonical JSON. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return "";
  return isStream(value) ? undefined : canonicalJson(value);
}

/** Redacted text of raw content; only used with capture full. */
function rawText(value: unknown): string | undefined {
  return textOf(redact(value));
}

/**
 * Reduces content to what may leave the process: hashes and lengths, with capture `shape` the shape of arguments too, with
 * `full` the redacted text. Everything of the agent's content goes through here.
 */
export class Content {
  readonly capture: CaptureMode;
  readonly hashMode: HashMode;
  readonly hash: Hash;
  readonly #full: boolean;

  constructor(capture: CaptureMode, hash: Hash, hashMode: HashMode) {
    this.capture = capture;
    this.hash = hash;
    this.hashMode = hashMode;
    this.#full = capture === "full";
  }

  /** Fills in the fields of a user input, and what the scan for prompt injection found in it. */
  input(payload: InputFields, input: unknown): void {
    const text = textOf(input) ?? "";
    payload.input_hash = hashText(text, this.hash) ?? "";
    payload.input_length = text.length;
    if (text === "") return;
    payload.injection_signal = scanInput(text);
    if (this.#full) payload.input_text = rawText(input);
  }

  /** Fills in the fields of a tool's arguments; arguments that cannot be written are unknown. */
  args(payload: Payloads["tool.called"], args: unknown): void {
    const text = argumentsText(args);
    if (text === undefined) return;
    payload.args_hash = this.hash(text);
    payload.args_length = text.length;
    if (this.capture === "hash") return;
    payload.args_shape = shapeOf(args);
    if (this.#full) payload.args = argumentsText(redact(args));
  }

  query(payload: Payloads["retrieval.called"], query: unknown): void {
    const text = argumentsText(query);
    if (text === undefined) return;
    payload.query_hash = this.hash(text);
    if (this.#full) payload.query = argumentsText(redact(query));
  }

  /** Fills in length and hash of a model's answer. */
  answer(payload: Payloads["llm.responded"], output: unknown): void {
    const text = textOf(output);
    if (text === undefined) return;
    payload.output_length = text.length;
    payload.output_hash = hashText(text, this.hash);
    if (this.#full) payload.output_text = rawText(output);
  }

  /** Fills in the length of a tool's result. */
  result(payload: Payloads["tool.responded"], output: unknown): void {
    const text = textOf(output);
    if (text === undefined) return;
    payload.output_length = text.length;
    if (this.#full) payload.output_text = rawText(output);
  }

  /** Fills in type and hash of whatever was thrown. */
  thrown(payload: ErrorFields, error: unknown): void {
    const { type, message, stack } = describeThrown(error);
    payload.error_type = type;
    payload.error_hash = hashText(message, this.hash);
    if (!this.#full) return;
    payload.error_message = rawText(message);
    payload.error_stack = stack === undefined ? undefined : rawText(stack);
  }
}
