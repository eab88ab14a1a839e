import {
  type DataFrame,
  DataFrameType,
  type DataLink,
  type Field,
  type FieldConfig,
  FieldType,
  MappingType,
  type PreferredVisualisationType,
  type ScopedVars,
} from "@grafana/data";
import type { Frame, FrameField, FrameLink, Shown } from "./frame";

const TYPES = {
  time: FieldType.time,
  number: FieldType.number,
  string: FieldType.string,
  boolean: FieldType.boolean,
  other: FieldType.other,
} as const;

const VISUALISATIONS: Readonly<Record<Frame["shape"], PreferredVisualisationType>> = {
  table: "table",
  logs: "logs",
  trace: "trace",
  series: "graph",
};

const LOGS_VERSION: [number, number] = [0, 0];
const SERIES_VERSION: [number, number] = [0, 1];

/** A frame of ours as Grafana takes it. */
export function toDataFrame(frame: Frame, refId: string): DataFrame {
  const { name, shape, custom, notices } = frame;
  return {
    name,
    refId,
    length: frame.fields[0]?.values.length ?? 0,
    fields: frame.fields.map(fieldOf),
    meta: {
      preferredVisualisationType: VISUALISATIONS[shape],
      ...(shape === "logs" ? { type: DataFrameType.LogLines, typeVersion: LOGS_VERSION } : {}),
      ...(shape === "series" ? { type: DataFrameType.TimeSeriesMulti, typeVersion: SERIES_VERSION } : {}),
      ...(custom === undefined ? {} : { custom: { ...custom } }),
      ...(notices === undefined || notices.length === 0 ? {} : { notices: [...notices] }),
    },
  };
}

function fieldOf(field: FrameField): Field {
  return {
    name: field.name,
    type: TYPES[field.type],
    values: [...field.values],
    config: configOf(field),
    ...(field.labels === undefined ? {} : { labels: { ...field.labels } }),
    ...(field.nanos === undefined ? {} : { nanos: [...field.nanos] }),
  };
}

function configOf({
  displayName,
  description,
  unit,
  decimals,
  width,
  noValue,
  shown,
  links,
  bars,
}: FrameField): FieldConfig {
  const custom = {
    ...(width === undefined ? {} : { width }),
    ...(shown === undefined ? {} : { cellOptions: { type: "color-text" } }),
    ...(bars === undefined ? {} : { drawStyle: "bars", fillOpacity: 80, stacking: { mode: "normal", group: "A" } }),
  };
  return {
    ...(displayName === undefined ? {} : { displayName }),
    ...(description === undefined ? {} : { description }),
    ...(unit === undefined ? {} : { unit }),
    ...(decimals === undefined ? {} : { decimals }),
    ...(noValue === undefined ? {} : { noValue }),
    ...(shown === undefined ? {} : { mappings: [{ type: MappingType.ValueToText, options: mappingOf(shown) }] }),
    ...(bars?.colour === undefined ? {} : { color: { mode: "fixed", fixedColor: bars.colour } }),
    ...(links === undefined || links.length === 0 ? {} : { links: links.map(linkOf) }),
    ...(Object.keys(custom).length === 0 ? {} : { custom }),
  };
}

function mappingOf(shown: Readonly<Record<string, Shown>>) {
  return Object.fromEntries(
    Object.entries(shown).map(([value, { text, colour }], index) => [value, { text, color: colour, index }]),
  );
}

function linkOf(link: FrameLink): DataLink {
  if ("url" in link) return { title: link.title, url: link.url };
  const { title, datasource, query } = link;
  return {
    title,
    url: "",
    internal: {
      datasourceUid: datasource.uid,
      datasourceName: datasource.name,
      query: ({ replaceVariables, scopedVars }: Replacing) => query((macro) => replaceVariables(macro, scopedVars)),
    },
  };
}

interface Replacing {
  readonly replaceVariables: (text: string, scopedVars?: ScopedVars) => string;
  readonly scopedVars: ScopedVars;
}
