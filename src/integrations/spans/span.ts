import type { Micros } from "../../core/wire";
import { property } from "../models/values";

/** A span of OpenTelemetry, as far as runs need it, whoever made it. */
export interface SpanView {
  readonly id: string;
  readonly parentId: string | undefined;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly { readonly name: string; readonly attributes: unknown; readonly time: Micros }[];
  /** Whether its status is ERROR. */
  readonly failed: boolean;
  readonly statusMessage: string | undefined;
  readonly start: Micros;
  /** Undefined while it goes on. */
  readonly end: Micros | undefined;
}

/** An error that a span tells of; its message leaves the process as a hash only. */
class ErrorOfSpan extends Error {
  constructor(type: string, message: string) {
    super(message);
    this.name = type;
  }
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** The error of a span that failed. */
export function errorOf(span: SpanView): Error | undefined {
  if (!span.failed) return undefined;
  const thrown = span.events.findLast(({ name }) => name === "exception")?.attributes;
  const type = text(property(thrown, "exception.type")) ?? text(span.attributes["error.type"]) ?? "Error";
  return new ErrorOfSpan(type, text(property(thrown, "exception.message")) ?? span.statusMessage ?? "");
}
