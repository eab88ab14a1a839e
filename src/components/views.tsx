import type { ComponentType } from "react";
import type { Page } from "./environment";
import { lazyView } from "./frame/lazyView";

/** The view of each page, loaded when it is first opened. */
export const VIEWS: Readonly<Record<Page, ComponentType>> = {
  overview: lazyView(() => import("./overview/OverviewView")),
  runs: lazyView(() => import("./runs/RunsView")),
  run: lazyView(() => import("./run/RunView")),
  compare: lazyView(() => import("./compare/CompareView")),
  signals: lazyView(() => import("./signals/SignalsView")),
  agents: lazyView(() => import("./agents/AgentsView")),
  agent: lazyView(() => import("./agents/AgentView")),
  detectors: lazyView(() => import("./detectors/DetectorsView")),
  configuration: lazyView(() => import("./configuration/ConfigurationView")),
};
