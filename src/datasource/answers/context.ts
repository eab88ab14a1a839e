import type { Ask, TimeSpan } from "../../logql/ask";
import type { LinkTargets } from "../frames/links";

/** What a query is answered with and for. */
export interface QueryContext {
  readonly ask: Ask;
  readonly range: TimeSpan;
  /** Length of a point that suits the panel, ms. */
  readonly intervalMs: number;
  /** Rows where the query does not say. */
  readonly limit: number;
  readonly targets: LinkTargets;
  readonly signal?: AbortSignal | undefined;
}
