/** What Grafana tells of the reader at its start. */
export interface Reader {
  readonly orgRole: string;
  readonly isGrafanaAdmin: boolean;
  readonly permissions?: Readonly<Record<string, boolean>> | undefined;
}

export interface Permissions {
  /** Looking at the raw lines in Explore. */
  readonly lines: boolean;
  /** Sending signals to where they are explained. */
  readonly explain: boolean;
  /** Changing settings. */
  readonly configure: boolean;
}

/** Viewers can look, editors can explain, administrators can configure. */
export function permissionsOf({ orgRole, isGrafanaAdmin, permissions = {} }: Reader): Permissions {
  const configure = isGrafanaAdmin || orgRole === "Admin";
  const explain = configure || orgRole === "Editor";
  return { configure, explain, lines: permissions["datasources:explore"] ?? explain };
}
