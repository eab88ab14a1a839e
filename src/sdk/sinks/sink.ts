import type { Level } from "../../core/wire";
import type { ByteWriter } from "../lines/byteWriter";

/** Where lines can be made directly as bytes. */
export interface LineBuffer {
  readonly writer: ByteWriter;
  /**
   * Takes the line that was written from `start` on, its newline included.
   *
   * @returns false when the line is lost
   */
  take(start: number): boolean;
}

/** Where lines go. No method of a sink ever throws. */
export interface Sink {
  /** Names the output in notices and counters: `stdout`, `file agent.ndjson`, `endpoint http://…`. */
  readonly name: string;
  /** Lines lost so far, those lost long after they were taken included. */
  readonly dropped: number;
  /** Of an output that sends requests: lines that were taken, and requests that failed and were, or will be, sent again. */
  readonly sent?: number;
  readonly retried?: number;
  /** Lines wait that only the event loop can deliver. */
  readonly waiting: boolean;
  /** Where the output takes bytes. */
  readonly buffer?: LineBuffer | undefined;
  /**
   * Takes one line with its newline.
   *
   * @returns false when the line is lost
   */
  write(line: string, level: Level): boolean;
  /** Writes what can be written without waiting for the event loop: on exit and on a crash. */
  flushSync(): void;
  /** Writes everything taken so far; gives up at the deadline (ms of `performance.now()`). */
  flush(deadline: number): Promise<void>;
  /** The same, then lets go of everything held. Lines written later are lost and counted. */
  close(deadline: number): Promise<void>;
  /** The process ends: drops, counts and tells what cannot be delivered any more. */
  abandon?(): void;
}

/** Tells people, with `debug`, why an output loses lines: once per topic. */
export type Tell = (topic: string, message: string) => void;
