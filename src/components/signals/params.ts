import type { VerdictMode } from "../../logql/ask";

export const MODES = ["auto", "recorded", "computed"] as const satisfies readonly VerdictMode[];

/** What the address of the signals says besides its filters, checked. */
export interface SignalsParams {
  /** One row for each agent, failure and version, or one for each signal. */
  readonly isGrouped: boolean;
  readonly mode: VerdictMode;
  /** Only signals that recorded and computed verdict do not agree on. */
  readonly differing: boolean;
  /** The key of the row whose card is open. */
  readonly open: string | undefined;
}

export function readSignalsParams(params: Readonly<Record<string, string>>): SignalsParams {
  return {
    isGrouped: params.view !== "flat",
    mode: MODES.find((mode) => mode === params.mode) ?? "auto",
    differing: params.differing === "true",
    open: params.open === "" ? undefined : params.open,
  };
}
