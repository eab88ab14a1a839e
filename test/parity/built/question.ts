import type { LogqlText } from "../../../src/logql";
import type { BuiltWorld } from "../builtWorld";
import type { HttpRequest } from "../http/request";

/** A query of a builder, and how it is asked. */
export interface Question {
  /** The builder, and for what. */
  readonly name: string;
  readonly kind: "logs" | "instant" | "range";
  readonly query: LogqlText;
}

export const logs = (name: string, query: LogqlText): Question => ({ name, kind: "logs", query });
export const instant = (name: string, query: LogqlText): Question => ({ name, kind: "instant", query });
/** A metric query at one time, and over all of them. */
export const metric = (name: string, query: LogqlText): Question[] => [
  { name, kind: "instant", query },
  { name, kind: "range", query },
];

/** The request of a question over the whole world. */
export function requestOf({ kind, query }: Question, { start, end }: BuiltWorld): HttpRequest {
  const bounds: readonly (readonly [string, string])[] = [
    ["query", query],
    ["start", String(start)],
    ["end", String(end)],
  ];
  switch (kind) {
    case "logs":
      return { path: "/query_range", params: [...bounds, ["limit", "5000"]], byCategory: true, method: "POST" };
    case "range":
      return { path: "/query_range", params: [...bounds, ["step", "30m"]], method: "POST" };
    case "instant":
      return {
        path: "/query",
        params: [
          ["query", query],
          ["time", String(end)],
        ],
        method: "POST",
      };
  }
}
