import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { Page } from "./environment";

/** The view of each page, loaded when it is first opened. */
export const VIEWS: Readonly<Record<Page, LazyExoticComponent<ComponentType>>> = {
  overview: lazy(() => import("./overview/OverviewView")),
  runs: lazy(() => import("./runs/RunsView")),
  run: lazy(() => import("./run/RunView")),
  compare: lazy(() => import("./compare/CompareView")),
  signals: lazy(() => import("./signals/SignalsView")),
  agents: lazy(() => import("./agents/AgentsView")),
  agent: lazy(() => import("./agents/AgentView")),
  detectors: lazy(() => import("./detectors/DetectorsView")),
  configuration: lazy(() => import("./configuration/ConfigurationView")),
};
