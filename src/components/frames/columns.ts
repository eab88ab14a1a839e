import type { DataFrame, Field } from "@grafana/data";

/** What is read of a field of Grafana's. */
export type ReadField = Pick<Field, "name" | "getLinks"> & { readonly values: ArrayLike<unknown> };
/** What is read of a frame of Grafana's. */
export type ReadFrame = Pick<DataFrame, "length"> & { readonly fields: readonly ReadField[] };

/** A row of a frame by the names of its fields; null and undefined are the same: not known. */
export interface FrameRow {
  readonly index: number;
  readonly text: (name: string) => string | undefined;
  readonly number: (name: string) => number | undefined;
  readonly flag: (name: string) => boolean;
  readonly field: (name: string) => ReadField | undefined;
}

/** The required names that a frame does not have. */
export function missingFields(frame: ReadFrame, required: readonly string[]): readonly string[] {
  return required.filter((name) => frame.fields.every((field) => field.name !== name));
}

/** The rows of a frame. Values of outside: each is checked when it is read. */
export function rowsOf(frame: ReadFrame): readonly FrameRow[] {
  const fields = new Map(frame.fields.map((field) => [field.name, field]));
  return Array.from({ length: frame.length }, (_, index): FrameRow => {
    const value = (name: string): unknown => fields.get(name)?.values[index];
    return {
      index,
      text: (name) => textOf(value(name)),
      number: (name) => numberOf(value(name)),
      flag: (name) => [true, 1, "true"].some((yes) => yes === value(name)),
      field: (name) => fields.get(name),
    };
  });
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
