import type { AgentsSettings } from "../settings";
import { settingsError } from "./failures";
import { isLokiDatasource, type LokiDatasource } from "./lokiDatasource";

/** Gives the instance of a datasource of Grafana by its uid; rejects when there is none or it may not be used. */
export type GetDatasource = (uid: string) => Promise<unknown>;

/**
 * The Loki datasource that the settings name.
 *
 * @throws LokiError of kind `missing`, which says what to set
 */
export async function findLoki(
  { lokiUid, problems }: Pick<AgentsSettings, "lokiUid" | "problems">,
  get: GetDatasource,
): Promise<LokiDatasource> {
  const [problem] = problems;
  if (problem !== undefined) {
    throw settingsError(`The settings of this data source cannot be used. ${problem.message} Mend them and save.`);
  }
  if (lokiUid === undefined) {
    throw settingsError("No Loki is set: choose a Loki data source in the settings of this data source and save.");
  }
  const found = await get(lokiUid).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw settingsError(
      `The Loki data source with the uid ${lokiUid} cannot be used (${reason}): choose one that exists, or ask for the permission to query it.`,
    );
  });
  if (isLokiDatasource(found)) return found;
  throw settingsError(
    `The data source with the uid ${lokiUid} is no Loki data source: choose one of the type Loki in the settings of this data source.`,
  );
}
