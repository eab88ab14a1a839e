import { isRecord } from "../../core/wire";

/** Grows by one when a saved panel has to be read in another way. */
export const OPTIONS_VERSION = 1;

export interface SignalsPanelOptions {
  readonly version: number;
  /** Signals of shadow rules: below the others on demand, or not at all. */
  readonly shadow: "apart" | "hidden";
}

export const DEFAULT_OPTIONS: SignalsPanelOptions = { version: OPTIONS_VERSION, shadow: "apart" };

/** Options as a dashboard saved them, of any version or written by hand; what makes no sense is that of the default. */
export function migrateOptions(saved: unknown): SignalsPanelOptions {
  if (!isRecord(saved)) return DEFAULT_OPTIONS;
  return { version: OPTIONS_VERSION, shadow: saved.shadow === "hidden" ? "hidden" : "apart" };
}
