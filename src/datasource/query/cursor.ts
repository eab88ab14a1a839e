import type { RunsCursor, SignalsCursor } from "../../logql/readers";
import { isRecord } from "../loki/record";
import { QueryProblem } from "./problem";

type Cursor = RunsCursor | SignalsCursor;

/** A cursor as a text: JSON knows no integers as long as Loki's times. */
export function encodeCursor(cursor: Cursor): string {
  return JSON.stringify({ ...cursor, before: String(cursor.before) });
}

/** @throws QueryProblem when the text is no cursor of ours */
export function decodeCursor(text: string | undefined): RunsCursor | undefined {
  if (text === undefined) return undefined;
  const value = parse(text);
  if (isRecord(value) && typeof value.before === "string" && /^\d{1,19}$/.test(value.before)) {
    const seen = textsOf(value.seen);
    if (seen !== undefined) return { before: BigInt(value.before), seen, ended: textsOf(value.ended) };
  }
  throw new QueryProblem("This cursor is not one that an answer gave; ask for the first page again.");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever it is, it is no cursor: the caller says so.
    return undefined;
  }
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string") ? value : undefined;
}
