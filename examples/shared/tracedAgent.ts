import { type Context, context, type Span, SpanStatusCode, type Tracer, trace } from "@opentelemetry/api";

/** Stands in for a framework that makes spans with the names of OpenTelemetry GenAI. It knows nothing of the SDK. */
export class MuseumGuide {
  readonly #tracer: Tracer;

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  ask(question: string): void {
    const root = this.#tracer.startSpan("invoke_agent museum-guide", {
      attributes: { "gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": "museum-guide" },
    });
    const below = trace.setSpan(context.active(), root);
    for (let attempt = 0; attempt < 4; attempt++) {
      this.#think(below, attempt, "tool_calls");
      this.#search(below, question);
    }
    this.#think(below, 4, "stop");
    root.end();
  }

  #think(parent: Context, attempt: number, finish: string): void {
    const span = this.#tracer.startSpan("chat gpt-4o-mini", {}, parent);
    span.setAttributes({
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "openai",
      "gen_ai.request.model": "gpt-4o-mini",
      "gen_ai.usage.input_tokens": 60 + 25 * attempt,
      "gen_ai.usage.output_tokens": 16,
      "gen_ai.response.finish_reasons": [finish],
    });
    span.end();
  }

  #search(parent: Context, question: string): void {
    const span: Span = this.#tracer.startSpan("execute_tool catalogue", {}, parent);
    span.setAttributes({
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": "catalogue",
      "gen_ai.tool.call.arguments": JSON.stringify({ question }),
      "error.type": "TimeoutError",
    });
    span.setStatus({ code: SpanStatusCode.ERROR, message: "The catalogue does not answer." });
    span.end();
  }
}
