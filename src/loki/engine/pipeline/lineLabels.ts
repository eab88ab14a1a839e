import type { Labels } from "../../../logql/api";

export const ERROR = "__error__";
export const ERROR_DETAILS = "__error_details__";
const PRESERVE_ERROR = "__preserve_error__";
/** What Loki appends to a parsed label whose name the stream or the structured metadata has. */
const EXTRACTED = "_extracted";

const has = (labels: Labels, name: string): boolean => Object.hasOwn(labels, name);

/** The labels of one line on its way through a pipeline: of its stream, its structured metadata, and what was parsed. */
export class LineLabels {
  private stream: Labels = {};
  private metadata = new Map<string, string>();
  private parsed = new Map<string, string>();
  private error = "";
  private details = "";

  /** Starts with the next line. */
  reset(stream: Labels, metadata: Labels | undefined): void {
    this.stream = stream;
    if (this.metadata.size > 0) this.metadata = new Map();
    if (this.parsed.size > 0) this.parsed = new Map();
    this.error = "";
    this.details = "";
    if (metadata === undefined) return;
    for (const [name, value] of Object.entries(metadata)) {
      if (name === ERROR) this.error = value;
      else if (name === ERROR_DETAILS) this.details = value;
      else this.metadata.set(has(stream, name) ? `${name}${EXTRACTED}` : name, value);
    }
  }

  /** The value of a label; undefined where there is none. */
  get(name: string): string | undefined {
    const added = this.metadata.get(name) ?? this.parsed.get(name);
    if (added !== undefined) return added;
    const value = has(this.stream, name) ? this.stream[name] : undefined;
    return value === "" ? undefined : value;
  }

  /** The value that a text filter compares: "" where there is none. */
  textOf(name: string): string {
    if (name === ERROR) return this.error;
    return this.get(name) ?? "";
  }

  /** The name under which a parsed label is kept. */
  nameFor(name: string): string {
    return has(this.stream, name) || this.metadata.has(name) ? `${name}${EXTRACTED}` : name;
  }

  isParsed(name: string): boolean {
    return this.parsed.has(name);
  }

  set(name: string, value: string): void {
    this.metadata.delete(name);
    this.parsed.set(name, value);
  }

  /** Whether nothing was added to the labels of the stream. */
  get isUnchanged(): boolean {
    return this.metadata.size === 0 && this.parsed.size === 0;
  }

  /** The labels of these names, as far as they are there. */
  pick(names: readonly string[]): Labels {
    const labels: Record<string, string> = {};
    for (const name of names) {
      const value = this.get(name);
      if (value !== undefined) labels[name] = value;
    }
    return labels;
  }

  get hasError(): boolean {
    return this.error !== "";
  }

  /** @param preserve whether the query asks for this error, so that a metric of it is an answer */
  fail(error: string, details: string | undefined, preserve = false): void {
    this.error = error;
    if (details !== undefined) this.details = details;
    if (preserve) this.set(PRESERVE_ERROR, "true");
  }

  /** Structured metadata that no parsed label replaced. */
  metadataLabels(): Labels {
    return Object.fromEntries(this.metadata);
  }

  /** What the pipeline added, errors included. */
  parsedLabels(): Labels {
    const labels = Object.fromEntries(this.parsed);
    if (this.error !== "") labels[ERROR] = this.error;
    if (this.details !== "") labels[ERROR_DETAILS] = this.details;
    return labels;
  }

  /** All labels, parsed ones before metadata before those of the stream. */
  all(): Labels {
    return { ...this.stream, ...this.metadataLabels(), ...this.parsedLabels() };
  }
}

/** Whether a sample with these labels makes its query fail. */
export function isFailed(labels: Labels): boolean {
  return has(labels, ERROR) && labels[PRESERVE_ERROR] !== "true";
}
