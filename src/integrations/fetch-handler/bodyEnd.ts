import type { RunContext } from "../../sdk/runContext";

/** What is told of the end of a body, once. */
export interface BodyEnd {
  complete(): void;
  /** Whoever reads it stopped before the end. */
  cancelled(): void;
  broke(error: unknown): void;
}

/**
 * The same body, read inside a run; its end is told. Nothing is read ahead, so that a slow client slows the source as
 * before.
 */
export function watchBody(body: ReadableStream<Uint8Array>, run: RunContext, end: BodyEnd): ReadableStream<Uint8Array> {
  // Taken with the first read: until then the body is as it was.
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          reader ??= body.getReader();
          const from = reader;
          const { done, value } = await run.within(() => from.read());
          if (!done) {
            controller.enqueue(value);
            return;
          }
          end.complete();
          controller.close();
        } catch (error) {
          end.broke(error);
          controller.error(error);
        }
      },
      async cancel(reason: unknown) {
        end.cancelled();
        await run.within(() => (reader ?? body).cancel(reason));
      },
    },
    { highWaterMark: 0 },
  );
}
