/** What the app keeps in its `jsonData`: written by the configuration page or by provisioning. */
export interface AppSettings {
  /** uid of the Dunetrace agents data source that is shown where an address names none. */
  readonly datasource?: string | undefined;
}

/** Reads `jsonData`, which may have been written by hand. */
export function parseAppSettings(jsonData: unknown): AppSettings {
  if (typeof jsonData !== "object" || jsonData === null || !("datasource" in jsonData)) return {};
  const { datasource } = jsonData;
  return typeof datasource === "string" && datasource !== "" ? { datasource } : {};
}
