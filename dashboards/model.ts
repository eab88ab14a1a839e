/** Dashboards as Grafana 12.3 stores them, as far as ours use it. */

/** https://github.com/grafana/grafana/tree/v12.3.0/kinds/dashboard: the model of 12.3; later ones migrate it. */
export const SCHEMA_VERSION = 42;

export interface DatasourceRef {
  readonly type: string;
  readonly uid: string;
}

/** A query of a panel; each datasource has keys of its own. */
export interface Target {
  readonly refId: string;
  readonly datasource: DatasourceRef;
  readonly [key: string]: unknown;
}

export interface GridPos {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface DataLink {
  readonly title: string;
  readonly url: string;
  readonly targetBlank?: boolean;
}

export interface Override {
  readonly matcher: { readonly id: "byName" | "byType" | "byRegexp" | "byFrameRefID"; readonly options: string };
  readonly properties: readonly { readonly id: string; readonly value: unknown }[];
}

export interface FieldConfig {
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly overrides: readonly Override[];
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: GridPos;
  readonly datasource?: DatasourceRef;
  readonly targets?: readonly Target[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly fieldConfig: FieldConfig;
  readonly transformations?: readonly { readonly id: string; readonly options: unknown }[];
  readonly links?: readonly DataLink[];
}

export interface Variable {
  readonly name: string;
  readonly label: string;
  readonly type: "datasource" | "query" | "custom";
  readonly [key: string]: unknown;
}

export interface Annotation {
  readonly name: string;
  readonly enable: boolean;
  readonly hide?: boolean;
  readonly iconColor: string;
  readonly datasource: DatasourceRef;
  readonly [key: string]: unknown;
}

export interface DashboardLink {
  readonly title: string;
  readonly type: "link" | "dashboards";
  readonly [key: string]: unknown;
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly schemaVersion: number;
  /** Grows with each change of it: Grafana imports a bundled dashboard again when it does. */
  readonly revision: number;
  readonly version: number;
  readonly editable: boolean;
  readonly graphTooltip: 0 | 1 | 2;
  readonly timezone: string;
  readonly refresh: string;
  readonly time: { readonly from: string; readonly to: string };
  readonly templating: { readonly list: readonly Variable[] };
  readonly annotations: { readonly list: readonly Annotation[] };
  readonly links: readonly DashboardLink[];
  readonly panels: readonly Panel[];
}
