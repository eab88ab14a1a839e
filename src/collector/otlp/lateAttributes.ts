import type { Attributes, AttributeValue } from "./span";

/**
 * A text that is still bytes. Of what tracers send few attributes are ever asked for, and decoding them all would take
 * longer than all else that is done with a span.
 */
export class LateText {
  readonly #buffer: Buffer;
  readonly #start: number;
  readonly #end: number;

  constructor(buffer: Buffer, start: number, end: number) {
    this.#buffer = buffer;
    this.#start = start;
    this.#end = end;
  }

  get text(): string {
    return this.#buffer.toString("utf8", this.#start, this.#end);
  }
}

/** The value itself, decoded. */
export function settled(value: AttributeValue | LateText): AttributeValue {
  return value instanceof LateText ? value.text : value;
}

/** Attributes whose texts are decoded when they are asked for. They hold on to the body they came in. */
export class LateAttributes implements Attributes {
  readonly #values = new Map<string, AttributeValue | LateText>();

  get size(): number {
    return this.#values.size;
  }

  set(name: string, value: AttributeValue | LateText): void {
    this.#values.set(name, value);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  get(name: string): AttributeValue | undefined {
    const value = this.#values.get(name);
    if (!(value instanceof LateText)) return value;
    const { text } = value;
    this.#values.set(name, text);
    return text;
  }

  keys(): Iterable<string> {
    return this.#values.keys();
  }

  *[Symbol.iterator](): Iterator<[string, AttributeValue]> {
    for (const [name, value] of this.#values) yield [name, settled(value)];
  }
}
