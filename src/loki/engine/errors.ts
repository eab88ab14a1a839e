/** A query that is refused or cannot be answered: the HTTP status and the text that Loki would send as the body. */
export class QueryError extends Error {
  override readonly name = "QueryError";

  constructor(
    readonly status: number,
    readonly text: string,
  ) {
    super(text);
  }
}

/** A text that is no LogQL, with the place where reading it stopped; lines and columns count from 1. */
export function parseError(message: string, place?: { readonly line: number; readonly column: number }): QueryError {
  const at = place === undefined ? "parse error :" : `parse error at line ${place.line}, col ${place.column}:`;
  return new QueryError(400, `${at} ${message}`);
}

/** LogQL that a Loki answers and this store does not. */
export function unknownHere(name: string): QueryError {
  return new QueryError(400, `the embedded store does not know "${name}"; run this query on a Loki`);
}

/** More series than one query may have. */
export function tooManySeries(limit: number): QueryError {
  return new QueryError(
    400,
    `maximum number of series (${limit}) reached for a single query; consider reducing query cardinality by adding more specific stream selectors, reducing the time range, or aggregating results with functions like sum(), count() or topk()`,
  );
}
