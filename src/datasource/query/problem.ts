/** A query that cannot be asked: what is wrong with it and what would be right. */
export class QueryProblem extends Error {
  override readonly name = "QueryProblem";
}
