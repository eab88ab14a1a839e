import { t } from "../../components/text";
import { runLines, type Scope } from "../../logql/builders";
import { withoutVariables } from "../loki/literal";
import type { FrameLink } from "./frame";

/** What links need to know of where they lead. */
export interface LinkTargets {
  /** uid of our datasource: the pages of the app show it. */
  readonly uid: string;
  readonly loki: { readonly uid: string; readonly name: string } | undefined;
  readonly scope: Scope;
}

const APP_ROOT = "/a/dunetrace-agents-app";

/**
 * The page of a run in the app. The id goes into the query, not into the path: Grafana's router decodes paths, and an id
 * may hold anything.
 *
 * @param time name of the field with a time within the run
 */
export function runLink({ uid }: LinkTargets, time: string | undefined, step?: string): FrameLink {
  const at = time === undefined ? "" : `&at=\${__data.fields.${time}.numeric}`;
  const selected = step === undefined ? "" : `&step=\${__data.fields.${step}.numeric}`;
  return {
    title: t("datasource.link.run", "Open the run"),
    url: `${APP_ROOT}/runs/~?id=\${__value.raw:percentencode}&ds=${encodeURIComponent(uid)}${at}${selected}&\${__url_time_range}`,
  };
}

/** The page of an agent in the app. */
export function agentLink({ uid }: LinkTargets): FrameLink {
  return {
    title: t("datasource.link.agent", "Open the agent"),
    url: `${APP_ROOT}/agents/~?id=\${__value.raw:percentencode}&ds=${encodeURIComponent(uid)}&\${__url_time_range}`,
  };
}

/** The raw lines of the run of a cell, in Explore on the Loki datasource. */
export function linesLinks({ loki, scope }: LinkTargets): readonly FrameLink[] {
  if (loki === undefined) return [];
  return [
    {
      title: t("datasource.link.lines", "Raw lines in Explore"),
      datasource: loki,
      query: (get) => {
        const agent_id = get(AGENT);
        const known = agent_id === "" || agent_id === AGENT ? {} : { agent_id };
        const expr = withoutVariables(runLines(scope, { run_id: get(VALUE), ...known }));
        return { refId: "A", expr, queryType: "range" };
      },
    },
  ];
}

const VALUE = "$" + "{__value.raw}";
const AGENT = "$" + "{__data.fields.agent_id}";
