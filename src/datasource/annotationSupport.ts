import type { AnnotationSupport } from "@grafana/data";
import { AnnotationEditor } from "./editors/AnnotationEditor";
import { migrateQuery } from "./query/migrate";
import { type AgentsQuery, QUERY_VERSION } from "./query/types";

const DEFAULT = { version: QUERY_VERSION, queryType: "annotations", annotation: "signals" } as const;

/** Signals, deployments and fixes as marks on the panels of a dashboard. */
export const annotationSupport: AnnotationSupport<AgentsQuery> = {
  QueryEditor: AnnotationEditor,
  getDefaultQuery: () => DEFAULT,
  prepareQuery: ({ target, name }) => {
    const stored = { refId: `annotation-${name}`, ...target, queryType: DEFAULT.queryType };
    return migrateQuery(stored);
  },
};
