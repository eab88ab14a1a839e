import { listParam, parseList } from "../filters/listParam";

/** A run that is ticked for comparing, and when it began, ms. */
export interface Ticked {
  readonly run_id: string;
  readonly at: number;
}

/** Two runs are compared. */
const MOST = 2;

/** Reads `1700000000000:3f1c2f1e,…`; what is not of this form is passed over. */
export function parseTicks(param: string | undefined): readonly Ticked[] {
  const ticked = parseList(param).flatMap((text): Ticked[] => {
    const [, at = "", run_id = ""] = /^(\d{1,16}):(.+)$/su.exec(text) ?? [];
    return run_id === "" ? [] : [{ run_id, at: Number(at) }];
  });
  return ticked.slice(0, MOST);
}

export function ticksParam(ticked: readonly Ticked[]): string | undefined {
  return listParam(ticked.map(({ run_id, at }) => `${Math.floor(at)}:${run_id}`));
}

/** With one more or one less; a third one takes the place of the first. */
export function withTick(ticked: readonly Ticked[], run: Ticked, on: boolean): readonly Ticked[] {
  const others = ticked.filter(({ run_id }) => run_id !== run.run_id);
  return on ? [...others, run].slice(-MOST) : others;
}
