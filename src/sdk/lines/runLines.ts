import { RunEncoder, type RunHead } from "../../core/wire";
import type { WrittenEvent } from "../recordedEvent";
import type { Outputs } from "../sinks/outputs";
import { LineBytes } from "./lineBytes";

/** Writes the lines of one run to the outputs and counts those that an output lost. */
export class RunLines {
  dropped = 0;
  readonly #outputs: Outputs;
  readonly #encoder: RunEncoder;
  readonly #bytes: LineBytes | undefined;

  constructor(outputs: Outputs, head: RunHead, maxLineBytes: number) {
    this.#outputs = outputs;
    this.#encoder = new RunEncoder(head, maxLineBytes);
    this.#bytes = outputs.buffer === undefined ? undefined : new LineBytes(this.#encoder, maxLineBytes);
  }

  write(event: WrittenEvent): void {
    if (!this.#outputs.any) return;
    const taken = this.#writeBytes(event) ?? this.#outputs.write(this.#encoder.encode(event), event.level);
    if (!taken) this.dropped++;
  }

  /** Makes the line right where the output wants it; undefined when that cannot be done with this event or output. */
  #writeBytes(event: WrittenEvent): boolean | undefined {
    const { buffer } = this.#outputs;
    if (buffer === undefined || this.#bytes === undefined) return undefined;
    const { writer } = buffer;
    const start = writer.at;
    if (this.#bytes.write(event, writer)) return buffer.take(start);
    writer.at = start;
    return undefined;
  }
}
