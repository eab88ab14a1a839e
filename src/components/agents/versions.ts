import type { Marker, VersionRow } from "../../logql/ask";

/** A version with the moment it was deployed. */
export interface DeployedVersion extends VersionRow {
  /** ms, the first one of the time; undefined where no mark tells. */
  readonly deployed_at: number | undefined;
  readonly environment: string | undefined;
}

/** Versions with their deploy marks: the latest deployed first, then those without a mark by name. */
export function deployedVersions(
  versions: readonly VersionRow[],
  markers: readonly Marker[],
): readonly DeployedVersion[] {
  const marks = new Map<string, { at: number; environment: string | undefined }>();
  for (const { at, line } of markers) {
    if (line.event_type !== "deploy.marker") continue;
    const { version, environment } = line.payload;
    const known = marks.get(version);
    if (known === undefined || at < known.at) marks.set(version, { at, environment });
  }
  const rows = versions.map((row) => {
    const mark = marks.get(row.agent_version);
    return { ...row, deployed_at: mark?.at, environment: mark?.environment };
  });
  return rows.sort(
    (a, b) =>
      (b.deployed_at ?? Number.NEGATIVE_INFINITY) - (a.deployed_at ?? Number.NEGATIVE_INFINITY) ||
      (a.agent_version < b.agent_version ? -1 : 1),
  );
}

export const endedOf = ({ completed, failed }: Pick<VersionRow, "completed" | "failed">): number => completed + failed;

/** Signals for each ended run; undefined while none has ended. */
export function signalsPerRun(row: VersionRow): number | undefined {
  return endedOf(row) === 0 ? undefined : row.signals / endedOf(row);
}

/** What a priced run costs on average; undefined where no run is priced. */
export function costPerRun(row: VersionRow): number | undefined {
  const priced = endedOf(row) - row.unpriced;
  return row.cost_usd === undefined || priced <= 0 ? undefined : row.cost_usd / priced;
}
