import type { LogqlText } from "../../api";

/** Takes a query that a person wrote as it is: nothing in it is escaped, so never build it from values. */
export function rawLogql(text: string): LogqlText {
  return text as LogqlText;
}
