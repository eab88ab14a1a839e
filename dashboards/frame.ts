import type { AgentsQuery, AnnotationKind } from "../src/datasource/query/types";
import { AGENTS } from "./datasources";
import { type Annotation, type Dashboard, type DashboardLink, SCHEMA_VERSION } from "./model";

const TAG = "dunetrace";

/** The same links on each dashboard: to the others, and to the pages of the app. */
const LINKS: readonly DashboardLink[] = [
  {
    title: "Dunetrace dashboards",
    type: "dashboards",
    tags: [TAG],
    asDropdown: false,
    includeVars: true,
    keepTime: true,
    targetBlank: false,
    icon: "external link",
  },
  {
    title: "Open the app",
    type: "link",
    url: "/a/dunetrace-agents-app",
    tooltip: "Runs, signals and detectors with everything that can be done about them",
    includeVars: true,
    keepTime: true,
    targetBlank: false,
    icon: "external link",
    tags: [],
  },
];

function mark(name: string, annotation: AnnotationKind, iconColor: string, enable: boolean): Annotation {
  const query: AgentsQuery = {
    refId: annotation,
    version: 1,
    queryType: "annotations",
    annotation,
    filter: { agents: ["$agent"] },
  };
  return { name, enable, iconColor, datasource: AGENTS, target: query };
}

/** Notes of people, and what producers marked. */
const ANNOTATIONS: readonly Annotation[] = [
  {
    name: "Annotations & Alerts",
    builtIn: 1,
    enable: true,
    hide: true,
    iconColor: "rgba(0, 211, 255, 1)",
    type: "dashboard",
    datasource: { type: "grafana", uid: "-- Grafana --" },
  },
  mark("Deployments", "deploys", "blue", true),
  mark("Fixes", "fixes", "green", true),
  mark("Signals", "signals", "orange", false),
];

type Own = "uid" | "title" | "description" | "revision" | "panels" | "time";

/** What a dashboard is about, with what all of ours have in common. */
export function dashboard(
  own: Pick<Dashboard, Own> & { readonly variables: Dashboard["templating"]["list"] },
): Dashboard {
  const { variables, revision, panels, ...rest } = own;
  return {
    ...rest,
    tags: [TAG, "ai-agents"],
    schemaVersion: SCHEMA_VERSION,
    revision,
    version: revision,
    editable: true,
    graphTooltip: 1,
    timezone: "",
    refresh: "30s",
    templating: { list: variables },
    annotations: { list: ANNOTATIONS },
    links: LINKS,
    panels,
  };
}
