/** The views that have a URL of their own. */
export const PAGES = [
  "overview",
  "runs",
  "run",
  "compare",
  "signals",
  "agents",
  "agent",
  "detectors",
  "configuration",
] as const;
export type Page = (typeof PAGES)[number];

/** Where a reader is: everything a view shows can be told from it. Values of outside; each view checks its own. */
export interface ViewLocation {
  readonly page: Page;
  /** Of `run` the run_id, of `agent` the agent_id. */
  readonly id?: string | undefined;
  readonly params: Readonly<Record<string, string>>;
  /** The path of an address that no view has; `page` is then only the one to go on from. */
  readonly unknown?: string | undefined;
}

/** Parameters that go along from view to view: the time range and how often it is refreshed. */
const KEPT = ["from", "to", "refresh", "timezone"] as const;

/** The parameters of the time, out of those of a view. */
export function timeParams(params: ViewLocation["params"]): Record<string, string> {
  return Object.fromEntries(KEPT.flatMap((key) => (params[key] === undefined ? [] : [[key, params[key]]])));
}

/**
 * The path of a view below the root of the app, with its query.
 *
 * @example pathOf({ page: "run", id: "a/b", params: { tab: "steps" } }) // "runs/a%2Fb?tab=steps"
 */
export function pathOf({ page, id, params }: ViewLocation): string {
  const query = new URLSearchParams(params).toString();
  return `${segments(page, id).map(encodeURIComponent).join("/")}${query === "" ? "" : `?${query}`}`;
}

function segments(page: Page, id: string | undefined): readonly string[] {
  if (page === "overview") return [];
  if (page === "run") return ["runs", id ?? ""];
  if (page === "agent") return ["agents", id ?? ""];
  return [page];
}

/** Reads a path below the root of the app; undefined when no view has it. */
export function parsePath(path: string, search: string): ViewLocation | undefined {
  const params: Record<string, string> = Object.fromEntries(new URLSearchParams(search));
  const parts = path.split("/").filter((part) => part !== "");
  const [first, second] = parts.map(decoded);
  if (parts.length > 2) return undefined;
  if (first === undefined) return { page: "overview", params };
  if (second !== undefined) {
    if (first === "runs") return { page: "run", id: second, params };
    if (first === "agents") return { page: "agent", id: second, params };
    return undefined;
  }
  const page = PAGES.find((known) => known === first && known !== "run" && known !== "agent");
  return page === undefined ? undefined : { page, params };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A lone % in a hand-written address: taken as it stands.
    return part;
  }
}
