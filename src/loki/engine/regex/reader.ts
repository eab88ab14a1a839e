import { QueryError } from "../errors";

/** Reads a pattern code point by code point. */
export class PatternReader {
  private position = 0;

  constructor(private readonly pattern: string) {}

  get done(): boolean {
    return this.position >= this.pattern.length;
  }

  peek(): string {
    const point = this.pattern.codePointAt(this.position);
    return point === undefined ? "" : String.fromCodePoint(point);
  }

  next(): string {
    const char = this.peek();
    this.position += char.length;
    return char;
  }

  /** Whether the text stands here; steps over it. */
  take(text: string): boolean {
    if (!this.pattern.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }

  /** @param regex sticky */
  match(regex: RegExp): RegExpExecArray | undefined {
    regex.lastIndex = this.position;
    const match = regex.exec(this.pattern);
    if (match === null) return undefined;
    this.position += match[0].length;
    return match;
  }

  /** What stands before the text, or all of the rest; steps over both. */
  upTo(text: string): string {
    const end = this.pattern.indexOf(text, this.position);
    const found = this.pattern.slice(this.position, end < 0 ? undefined : end);
    this.position = end < 0 ? this.pattern.length : end + text.length;
    return found;
  }

  slice(length: number): string {
    return this.pattern.slice(this.position, this.position + length);
  }

  /** The error of Go's regexp package. */
  refuse(what: string, where: string): QueryError {
    return new QueryError(400, `parse error : error parsing regexp: ${what}: \`${where}\``);
  }
}
