import type { Level } from "../../core/wire";
import { errorText } from "../errors";
import type { Sink, Tell } from "./sink";

/** Anything with pino's `DestinationStream` shape: pino.destination(), pino.transport(), a writable stream. */
export interface PinoDestination {
  write(line: string): unknown;
}

/** A pino logger: its lines go to a stream of its own, and ours join them there as they are. */
export interface PinoLogger {
  info(...args: never[]): void;
  child(...args: never[]): unknown;
}

const LEVEL_NUMBERS: Readonly<Record<Level, number>> = { info: 30, warn: 40, error: 50, critical: 60 };
/** pino sets these on streams that ask for it, such as pino.multistream(). */
const NEEDS_METADATA = Symbol.for("pino.metadata");

function isDestination(value: unknown): value is PinoDestination {
  return typeof value === "object" && value !== null && "write" in value && typeof value.write === "function";
}

/** The stream of a logger: pino keeps it under a symbol, and child loggers inherit it. */
function streamOf(logger: object): unknown {
  for (let at: object | null = logger; at !== null; at = Object.getPrototypeOf(at)) {
    const symbol = Object.getOwnPropertySymbols(at).find(({ description }) => description === "pino.stream");
    if (symbol !== undefined) return Reflect.get(at, symbol);
  }
  return undefined;
}

/** What lines can be written to, or undefined when the value is neither a pino logger nor a destination. */
export function destinationOf(logger: unknown): PinoDestination | undefined {
  if (isDestination(logger)) return logger;
  const stream = typeof logger === "object" && logger !== null ? streamOf(logger) : undefined;
  return isDestination(stream) ? stream : undefined;
}

/**
 * Writes lines to the destination of a pino logger, past pino's own formatting: the line stays as it is. Errors the
 * destination emits are counted instead of ending the process.
 */
export class PinoSink implements Sink {
  readonly name = "logger";
  dropped = 0;
  /** The destination takes care of its own exit. */
  readonly waiting = false;
  readonly #destination: PinoDestination;
  readonly #needsMetadata: boolean;
  readonly #tell: Tell;

  constructor(destination: PinoDestination, tell: Tell) {
    this.#destination = destination;
    this.#tell = tell;
    this.#needsMetadata = Reflect.get(destination, NEEDS_METADATA) === true;
    if ("on" in destination && typeof destination.on === "function") {
      destination.on("error", (error: unknown) => this.#lost(errorText(error)));
      destination.on("drop", () => this.#lost("its buffer is full"));
    }
  }

  #lost(why: string): void {
    this.dropped++;
    this.#tell("logger", `the logger's destination loses lines: ${why}`);
  }

  write(line: string, level: Level): boolean {
    try {
      if (this.#needsMetadata) Object.assign(this.#destination, { lastLevel: LEVEL_NUMBERS[level] });
      this.#destination.write(line);
      return true;
    } catch (error) {
      this.#lost(errorText(error));
      return false;
    }
  }

  flushSync(): void {
    const flush: unknown = Reflect.get(this.#destination, "flushSync");
    if (typeof flush !== "function") return;
    try {
      flush.call(this.#destination);
    } catch (error) {
      // Such as "sonic boom is not ready yet": the destination writes by itself later, or not at all.
      this.#tell("logger flush", `the logger's destination could not be flushed: ${errorText(error)}`);
    }
  }

  async flush(deadline: number): Promise<void> {
    const flush: unknown = Reflect.get(this.#destination, "flush");
    if (typeof flush !== "function") return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(deadline - performance.now(), 0));
      flush.call(this.#destination, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** The destination belongs to the application, so it is flushed and left open. */
  async close(deadline: number): Promise<void> {
    await this.flush(deadline);
  }
}
