import { createContext, useContext } from "react";
import type { Ask, TimeSpan } from "../../logql/ask";
import type { ViewLocation } from "./location";

/** Small settings of one user: "hide before now", the width of a column. Values are JSON texts. */
export interface UserStore {
  get(key: string): string | undefined;
  set(key: string, value: string | undefined): void;
}

/** Numbers of the settings that views go by. */
export interface ViewSettings {
  /** Between two questions while a view refreshes by itself, ms; 2,500 by default. */
  readonly pollMs: number;
  /** Rows of a list before "show more"; 100 by default. */
  readonly listCap: number;
  /** Rows of a further page; 50 by default. */
  readonly fetchLimit: number;
  /** How long a row counts as new, ms; 6,000 by default. */
  readonly freshMs: number;
  /** Steps faster than this are never called the slowest, ms; 1,000 by default. */
  readonly slowStepMinMs: number;
}

export const DEFAULT_VIEW_SETTINGS: ViewSettings = {
  pollMs: 2500,
  listCap: 100,
  fetchLimit: 50,
  freshMs: 6000,
  slowStepMinMs: 1000,
};

/** Everything a view needs of where it runs: Grafana's app, a panel or the local page. Nothing else reaches the outside. */
export interface ViewEnvironment {
  readonly ask: Ask;
  /** The wall clock, ms. */
  readonly now: () => number;
  readonly location: ViewLocation;
  readonly navigate: (to: ViewLocation, options?: { readonly replace?: boolean }) => void;
  /** The address of a view, for links. */
  readonly href: (to: ViewLocation) => string;
  /** Where the lines of a query can be read raw; undefined where there is no such place. */
  readonly explore: ((logql: string, span: TimeSpan) => string) | undefined;
  readonly store: UserStore;
  readonly settings: ViewSettings;
  /** IANA name, `utc` or `browser`. */
  readonly timeZone: string;
  /** What the reader may do. */
  readonly may: { readonly explain: boolean; readonly configure: boolean };
  /** What answers the questions, for messages: `Loki at http://localhost:3100`. */
  readonly source: string;
  /** How the settings are changed here; a command or the address of a page with a form. */
  readonly configure?: { readonly text: string; readonly command?: string; readonly href?: string };
  /** How a place without data gets some, as the views say it where there is nothing. */
  readonly firstSteps: { readonly text: string; readonly command?: string; readonly href?: string };
}

const Context = createContext<ViewEnvironment | undefined>(undefined);

export const ViewEnvironmentProvider = Context.Provider;

/** @throws Error outside a provider */
export function useEnvironment(): ViewEnvironment {
  const environment = useContext(Context);
  if (environment === undefined) throw new Error("A view needs a ViewEnvironmentProvider above it");
  return environment;
}
