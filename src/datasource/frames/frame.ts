/** A text or number of a cell shown in other words and a colour of Grafana's palette. */
export interface Shown {
  readonly text: string;
  readonly colour: string;
}

/** Where a cell leads: an address below Grafana's, or a query in Explore. */
export type FrameLink =
  | { readonly title: string; readonly url: string }
  | {
      readonly title: string;
      readonly datasource: { readonly uid: string; readonly name: string };
      /** Made when it is clicked, from the values of the row; `get` gives one by its macro. */
      readonly query: (get: (macro: string) => string) => ExploreQuery;
    };

/** A LogQL query as Explore opens it on a Loki datasource. */
export interface ExploreQuery {
  readonly refId: string;
  readonly expr: string;
  readonly queryType: "range";
}

export interface FrameField {
  readonly name: string;
  readonly type: "time" | "number" | "string" | "boolean" | "other";
  /** null where nothing is known. */
  readonly values: readonly unknown[];
  /** Of a time, what its ms leave out, ns. */
  readonly nanos?: readonly number[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly displayName?: string;
  readonly description?: string;
  /** A unit of Grafana, such as `ms`. */
  readonly unit?: string;
  readonly decimals?: number;
  readonly width?: number;
  /** Shown where nothing is known. */
  readonly noValue?: string;
  readonly shown?: Readonly<Record<string, Shown>>;
  readonly links?: readonly FrameLink[];
  /** Of time series: how panels draw it unless they say otherwise. */
  readonly bars?: { readonly colour: string | undefined };
}

export interface FrameNotice {
  readonly severity: "info" | "warning";
  readonly text: string;
}

/** A data frame as we make it: plain data, whatever Grafana's own classes are like. `toDataFrame` turns it into theirs. */
export interface Frame {
  readonly name: string;
  readonly fields: readonly FrameField[];
  readonly shape: "table" | "logs" | "trace" | "series";
  /** Plain JSON, for panels and for the next page. */
  readonly custom?: Readonly<Record<string, unknown>>;
  readonly notices?: readonly FrameNotice[];
}

/** A column of a table: how it is shown, and its value in a row. */
export interface Column<Row> extends Omit<FrameField, "values"> {
  readonly value: (row: Row) => unknown;
}

/** The fields of a table: a value per row and column, null where it is not known. */
export function fieldsOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): FrameField[] {
  return columns.map(({ value, ...field }) => ({ ...field, values: rows.map((row) => value(row) ?? null) }));
}
