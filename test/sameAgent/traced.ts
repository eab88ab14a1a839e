import { type Attributes, ROOT_CONTEXT, type Span, SpanStatusCode, trace } from "@opentelemetry/api";
import { BasicTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { type Answer, answerOf, askStreamed, complete, type Messages, playAgent } from "./agent";
import { openaiFor } from "./inRun";
import { OtlpExporter } from "./otlpExporter";
import { perform, type Scene, TOOLS } from "./scenes";
import type { Way } from "./way";

const AGO_MS = 60_000;
const TICK_MS = 5;

interface SpanStart {
  readonly name: string;
  readonly attributes: Attributes;
}

/** How one convention names what an agent does. */
export interface Convention {
  agent(scene: Scene): SpanStart;
  chat(scene: Scene, messages: Messages): SpanStart;
  /** The first piece of a streamed answer came. */
  firstPiece?(span: Span): void;
  /** @param firstSeconds until the first piece, where it was streamed */
  answered(answer: Answer, firstSeconds: number | undefined): Attributes;
  tool(name: string, args: string, id: string): SpanStart;
  used(result: string): Attributes;
}

/** The agent with OpenTelemetry spans of a convention, sent to the collector over OTLP. */
export function traced(convention: Convention): Way {
  return async (scene, system) => {
    const openai = openaiFor(scene, system);
    const exporter = new OtlpExporter(system.url, { "service.name": scene.agent, "dunetrace.tools": [...TOOLS] });
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    const tracer = provider.getTracer("museum");
    // Real starts are cut to ms: of two tools within one ms nobody can tell which was called first.
    let now = Date.now() - AGO_MS;
    const tick = (): number => {
      now += TICK_MS;
      return now;
    };
    const open = ({ name, attributes }: SpanStart, parent?: Span): Span => {
      const context = parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent);
      return tracer.startSpan(name, { attributes, startTime: tick() }, context);
    };
    const root = open(convention.agent(scene));
    await playAgent({
      ask: async (messages) => {
        const span = open(convention.chat(scene, messages), root);
        const started = performance.now();
        let first: number | undefined;
        const answer = scene.streamed
          ? await askStreamed(openai, messages, () => {
              first = (performance.now() - started) / 1000;
              convention.firstPiece?.(span);
            })
          : answerOf(await complete(openai, messages));
        span.setAttributes(convention.answered(answer, first)).end(tick());
        return answer;
      },
      use: async (name, args, id) => {
        const span = open(convention.tool(name, JSON.stringify(args), id), root);
        try {
          const result = await perform(name, args);
          span.setAttributes(convention.used(result));
          return result;
        } catch (error) {
          if (error instanceof Error) fail(span, error);
          throw error;
        } finally {
          span.end(tick());
        }
      },
    });
    root.end(tick());
    await provider.shutdown();
    return system.take().text;
  };
}

function fail(span: Span, error: Error): void {
  span.recordException(error);
  span.setAttribute("error.type", error.name);
  span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
}
