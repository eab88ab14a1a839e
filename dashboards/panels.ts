import type { DataLink, FieldConfig, GridPos, Override, Panel, Target } from "./model";

/** Width of the grid of a dashboard. */
const COLUMNS = 24;

/** A panel before it has its place. */
export interface Drawn {
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly width: number;
  readonly targets?: readonly Target[];
  readonly options?: Readonly<Record<string, unknown>>;
  readonly defaults?: Readonly<Record<string, unknown>>;
  readonly overrides?: readonly Override[];
  readonly transformations?: Panel["transformations"];
  readonly links?: readonly DataLink[];
}

/** Rows of panels, each with its height, as the panels of a dashboard. */
export function laidOut(rows: readonly { readonly height: number; readonly panels: readonly Drawn[] }[]): Panel[] {
  let id = 0;
  let y = 0;
  return rows.flatMap(({ height, panels }) => {
    const widths = panels.reduce((sum, { width }) => sum + width, 0);
    if (widths !== COLUMNS) throw new Error(`A row is ${widths} wide: ${panels.map(({ title }) => title).join(", ")}`);
    let x = 0;
    const placed = panels.map((panel) => {
      const gridPos: GridPos = { x, y, w: panel.width, h: height };
      x += panel.width;
      return panelOf(panel, ++id, gridPos);
    });
    y += height;
    return placed;
  });
}

function panelOf(drawn: Drawn, id: number, gridPos: GridPos): Panel {
  const {
    type,
    title,
    description,
    targets,
    options = {},
    defaults = {},
    overrides = [],
    transformations,
    links,
  } = drawn;
  const fieldConfig: FieldConfig = { defaults, overrides };
  const datasource = targets?.[0]?.datasource;
  return {
    id,
    type,
    title,
    ...(description === undefined ? {} : { description }),
    gridPos,
    ...(datasource === undefined ? {} : { datasource }),
    ...(targets === undefined ? {} : { targets }),
    options,
    fieldConfig,
    ...(transformations === undefined ? {} : { transformations }),
    ...(links === undefined ? {} : { links }),
  };
}

/** One number over the time range. */
export function stat(
  title: string,
  target: Target,
  defaults: Readonly<Record<string, unknown>>,
  more: Partial<Drawn> = {},
): Drawn {
  return {
    type: "stat",
    title,
    width: 4,
    targets: [target],
    options: {
      colorMode: "value",
      graphMode: "none",
      justifyMode: "auto",
      textMode: "value",
      reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false },
    },
    defaults: { color: { mode: "thresholds" }, thresholds: thresholds(["text", null]), ...defaults },
    ...more,
  };
}

/** Bars or lines over time. */
export function timeSeries(
  title: string,
  targets: readonly Target[],
  look: { readonly bars?: boolean; readonly unit?: string },
  more: Partial<Drawn> = {},
): Drawn {
  const { bars = false, unit = "short" } = look;
  return {
    type: "timeseries",
    title,
    width: 12,
    targets,
    options: {
      legend: { displayMode: "list", placement: "bottom", showLegend: true, calcs: [] },
      tooltip: { mode: "multi", sort: "desc" },
    },
    defaults: {
      unit,
      min: 0,
      color: { mode: "palette-classic" },
      custom: bars
        ? { drawStyle: "bars", fillOpacity: 80, lineWidth: 0, stacking: { mode: "normal", group: "A" } }
        : { drawStyle: "line", fillOpacity: 0, lineWidth: 1, showPoints: "auto", spanNulls: true },
    },
    ...more,
  };
}

/** Rows to read and to click. */
export function table(title: string, target: Target, more: Partial<Drawn> = {}): Drawn {
  return {
    type: "table",
    title,
    width: COLUMNS,
    targets: [target],
    options: { showHeader: true, cellHeight: "sm", enablePagination: true },
    defaults: { custom: { align: "auto", cellOptions: { type: "auto" }, filterable: true } },
    ...more,
  };
}

export function thresholds(...steps: readonly (readonly [colour: string, from: number | null])[]) {
  return { mode: "absolute", steps: steps.map(([color, value]) => ({ color, value })) };
}

/** The colours of severities, the same in all views. */
export const SEVERITY_COLOURS: readonly Override[] = (
  [
    ["CRITICAL", "red"],
    ["HIGH", "orange"],
    ["MEDIUM", "yellow"],
    ["LOW", "light-blue"],
  ] as const
).map(([severity, colour]) => ({
  matcher: { id: "byName", options: severity },
  properties: [{ id: "color", value: { mode: "fixed", fixedColor: colour } }],
}));

/** Columns of a table that are there for panels and links, not for readers. */
export function hidden(...names: readonly string[]): Override[] {
  return names.map((name) => ({
    matcher: { id: "byName", options: name },
    properties: [{ id: "custom.hideFrom.viz", value: true }],
  }));
}
