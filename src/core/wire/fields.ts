/**
 * A small vocabulary to describe JSON objects once: the same table gives the TypeScript type, the JSON Schema,
 * the order of the keys on the wire and the check of what is read.
 */

/** What a field may hold. `integer` and `number` are finite and, for `integer`, whole. */
export type FieldKind =
  | "string"
  | "integer"
  | "number"
  | "nullableNumber"
  | "boolean"
  | "strings"
  | "object"
  | "scalars"
  | "json";

/** One key of a wire object. `T` is carried for the compiler only. */
export interface Field<T = unknown, Optional extends boolean = boolean> {
  readonly kind: FieldKind;
  readonly optional: Optional;
  readonly description: string;
  /** The closed set of values of a string, where there is one. */
  readonly values?: readonly string[];
  /** The keys of a nested object, where they are fixed. */
  readonly fields?: Fields;
  /** Raw content: written only when `capture` is `full`, cut first, never cut to a name's length. */
  readonly raw?: boolean;
  /** Never set: binds `T`. */
  readonly type?: T;
}

/** A table of keys in wire order. */
export type Fields = Readonly<Record<string, Field>>;

type OptionalKeys<F extends Fields> = { [K in keyof F]: F[K]["optional"] extends true ? K : never }[keyof F];
type ValueOf<F> = F extends Field<infer T, boolean> ? T : never;
type Flat<T> = { [K in keyof T]: T[K] };

/** The TypeScript type a table of fields describes. */
export type Infer<F extends Fields> = Flat<
  { -readonly [K in Exclude<keyof F, OptionalKeys<F>>]: ValueOf<F[K]> } & {
    -readonly [K in OptionalKeys<F>]?: ValueOf<F[K]> | undefined;
  }
>;

function field<T>(kind: FieldKind, description: string, extra: Partial<Field> = {}): Field<T, false> {
  return { kind, optional: false, description, ...extra } as Field<T, false>;
}

/** The same field, but it may be absent. */
export function optional<T>(of: Field<T, boolean>): Field<T, true> {
  return { ...of, optional: true };
}

/** The same table with every key optional. */
export function partial<const F extends Fields>(fields: F): { [K in keyof F]: Field<ValueOf<F[K]>, true> } {
  const entries = Object.entries(fields).map(([name, of]) => [name, optional(of)]);
  return Object.fromEntries(entries) as { [K in keyof F]: Field<ValueOf<F[K]>, true> };
}

export const string = (description: string): Field<string, false> => field("string", description);
export const integer = (description: string): Field<number, false> => field("integer", description);
export const number = (description: string): Field<number, false> => field("number", description);
export const boolean = (description: string): Field<boolean, false> => field("boolean", description);
export const strings = (description: string): Field<string[], false> => field("strings", description);
/** Raw text, which is there only when `capture` is `full`. */
export const rawText = (description: string): Field<string, true> => ({
  ...field<string>("string", `${description}; capture full only`, { raw: true }),
  optional: true,
});
/** A number, or `null` for "measured, but there was none". */
export const nullableNumber = (description: string): Field<number | null, false> =>
  field("nullableNumber", description);
/** A flat object of scalars, such as `meta`. */
export const scalars = (description: string): Field<Record<string, Scalar>, false> => field("scalars", description);
/** Any JSON object: its content is described elsewhere. */
export const json = <T = Record<string, unknown>>(description: string): Field<T, false> => field("json", description);
/** One of a closed set of strings. */
export const oneOf = <const V extends readonly string[]>(values: V, description: string): Field<V[number], false> =>
  field("string", description, { values });
/** A nested object with fixed keys. */
export const object = <const F extends Fields>(fields: F, description: string): Field<Infer<F>, false> =>
  field("object", description, { fields });

/** A value of a flat object on the wire. */
export type Scalar = string | number | boolean | null;
