import type { ExitReason, Micros, Payloads, Scalar } from "../../core/wire";
import type { Span } from "../otlp/span";

/** A call of a model as one span tells it. */
export interface LlmSpan {
  readonly called: Payloads["llm.called"];
  readonly answer: Payloads["llm.responded"];
  /** The provider's id of the answer: spans with the same one tell of the same call. */
  readonly responseId: string | undefined;
  /** Written by the provider's own package, so that it is right where others differ. */
  readonly isFirstHand: boolean;
  /** The tracer that wrote the span: one tracer tells of one call once, side by side. */
  readonly scope: string;
}

/** A call of a tool. One span may tell of several. */
export interface ToolUse {
  readonly called: Payloads["tool.called"];
  readonly answer: Payloads["tool.responded"];
  readonly callId: string | undefined;
}

export interface RetrievalSpan {
  readonly called: Payloads["retrieval.called"];
  readonly answer: Payloads["retrieval.responded"];
}

/** What a span says of the run it belongs to. */
export interface RunHints {
  /** The agent's name, and where in the order of preference it was found: 0 is the best. */
  readonly agent?: { readonly rank: number; readonly name: string } | undefined;
  readonly version?: string | undefined;
  readonly tools?: readonly string[] | undefined;
  readonly session?: string | undefined;
  /** Hashed. */
  readonly user?: string | undefined;
  readonly environment?: string | undefined;
  readonly input?: Payloads["input.received"] | undefined;
  readonly exit?: ExitReason | undefined;
  /** Of an agent with a limit: whether it took all its steps, and the tools whose call ends it. */
  readonly steps?: { readonly allTaken: boolean; readonly lastTools: readonly string[] } | undefined;
  /** What kind of request the run answers: openai, mcp. */
  readonly kind?: string | undefined;
  readonly attrs?: Readonly<Record<string, Scalar>> | undefined;
}

export interface SpanError {
  readonly error_type?: string | undefined;
  readonly error_hash?: string | undefined;
  readonly error_message?: string | undefined;
  readonly error_stack?: string | undefined;
}

/** What is kept of every span. No content is in it unless capture is full. */
interface Told extends Pick<Span, "traceId" | "spanId" | "parentSpanId" | "parentIsRemote" | "name"> {
  readonly start: Micros;
  readonly end: Micros;
  readonly failed: boolean;
  readonly error: SpanError | undefined;
  readonly hints: RunHints;
}

/** A span, reduced to what becomes lines. */
export type Component =
  | (Told & { readonly kind: "llm"; readonly llm: LlmSpan })
  | (Told & { readonly kind: "tool"; readonly uses: readonly ToolUse[] })
  | (Told & { readonly kind: "retrieval"; readonly retrieval: RetrievalSpan })
  | (Told & { readonly kind: "deploy"; readonly deploy: Payloads["deploy.marker"] })
  | (Told & {
      readonly kind: "agent" | "transport" | "setup" | "other" | "unknown";
      readonly label: string | undefined;
      /** The name it is classified by, where that is not its own. */
      readonly type: string | undefined;
    });
