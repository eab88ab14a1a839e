import { isRecord } from "../../core/wire";

/** Grows by one when a saved panel has to be read in another way. */
export const OPTIONS_VERSION = 1;

export interface TimelinePanelOptions {
  readonly version: number;
  /** The run that is shown; variables are replaced. Empty: the only one, else one to choose. */
  readonly run_id: string;
  readonly showInner: boolean;
  /** Steps faster than this are never called the slowest, ms. */
  readonly slowStepMinMs: number;
}

export const DEFAULT_OPTIONS: TimelinePanelOptions = {
  version: OPTIONS_VERSION,
  run_id: "",
  showInner: true,
  slowStepMinMs: 1000,
};

/** Options as a dashboard saved them, of any version or written by hand; what makes no sense is that of the default. */
export function migrateOptions(saved: unknown): TimelinePanelOptions {
  if (!isRecord(saved)) return DEFAULT_OPTIONS;
  const { run_id, showInner, slowStepMinMs } = saved;
  return {
    version: OPTIONS_VERSION,
    run_id: typeof run_id === "string" ? run_id : DEFAULT_OPTIONS.run_id,
    showInner: typeof showInner === "boolean" ? showInner : DEFAULT_OPTIONS.showInner,
    slowStepMinMs:
      typeof slowStepMinMs === "number" && Number.isFinite(slowStepMinMs) && slowStepMinMs >= 0
        ? slowStepMinMs
        : DEFAULT_OPTIONS.slowStepMinMs,
  };
}
