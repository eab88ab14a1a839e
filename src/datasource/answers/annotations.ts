import { t } from "../../components/text";
import { detectorOf } from "../../core/detectors";
import type { Marker, SignalItem } from "../../logql/ask";
import { SEVERITY_COLOURS } from "../frames/columns";
import { type Column, type Frame, fieldsOf } from "../frames/frame";
import { cutNotices, moreNotice } from "../frames/notices";
import { signalFilterOf } from "../query/asked";
import type { AgentsQuery } from "../query/types";
import type { QueryContext } from "./context";

/** One mark on a panel, by the names that Grafana reads. */
interface Mark {
  readonly time: number;
  readonly timeEnd: number | undefined;
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly id: string;
  readonly color: string;
}

const COLUMNS: readonly Column<Mark>[] = [
  { name: "time", type: "time", value: ({ time }) => time },
  { name: "timeEnd", type: "time", value: ({ timeEnd }) => timeEnd },
  { name: "title", type: "string", value: ({ title }) => title },
  { name: "text", type: "string", value: ({ text }) => text },
  { name: "tags", type: "other", value: ({ tags }) => tags },
  { name: "id", type: "string", value: ({ id }) => id },
  { name: "color", type: "string", value: ({ color }) => color },
];

/**
 * Marks for the panels of a dashboard: a signal is the time of its run, a deployment or a fix a moment.
 *
 * @throws QueryProblem, LokiError
 */
export async function answerAnnotation(query: AgentsQuery, context: QueryContext): Promise<Frame> {
  const name = t("datasource.frame.annotations", "Annotations");
  const { ask, range, signal, limit } = context;
  const { annotation = "signals" } = query;
  if (annotation === "signals") {
    const question = { range, filter: signalFilterOf(query.filter), limit: query.limit ?? limit };
    const { signals, more, cut } = await ask("signals", question, signal);
    const fields = fieldsOf(signals.map(signalMark), COLUMNS);
    return { name, shape: "table", fields, notices: [...moreNotice(signals.length, more), ...cutNotices(cut)] };
  }
  const { markers, cut } = await ask("markers", { range, agents: query.filter?.agents }, signal);
  const wanted = annotation === "deploys" ? "deploy.marker" : "fix.applied";
  const marks = markers.filter(({ line }) => line.event_type === wanted).map(markerMark);
  return { name, shape: "table", fields: fieldsOf(marks, COLUMNS), notices: cutNotices(cut) };
}

function signalMark(signal: SignalItem): Mark {
  const { at, started_at, failure_type, severity, agent_id, run_id, title } = signal;
  return {
    time: Math.floor(started_at ?? at),
    timeEnd: started_at === undefined ? undefined : Math.ceil(at),
    title: `${severity} ${detectorOf(failure_type).label}`,
    text: escaped(`${title} · ${agent_id} · ${run_id}`),
    tags: [failure_type, severity, agent_id],
    id: JSON.stringify([run_id, failure_type]),
    color: SEVERITY_COLOURS[severity],
  };
}

function markerMark({ at, agent_id, line }: Marker): Mark {
  const mark = { time: Math.floor(at), timeEnd: undefined, id: JSON.stringify([agent_id, at, line.event_type]) };
  if (line.event_type === "deploy.marker") {
    const { version, commit, environment } = line.payload;
    const words = [agent_id, version, commit?.slice(0, 12), environment].filter((word) => word !== undefined);
    return {
      ...mark,
      title: t("datasource.mark.deploy", "Deployment"),
      text: escaped(words.join(" · ")),
      tags: ["deploy", agent_id],
      color: "blue",
    };
  }
  const { failure_type, fix_type, applied_via } = line.payload;
  return {
    ...mark,
    title: t("datasource.mark.fix", "Fix"),
    text: escaped([agent_id, detectorOf(failure_type).label, fix_type, applied_via].join(" · ")),
    tags: ["fix", failure_type, agent_id],
    color: "green",
  };
}

/** Grafana shows the text of an annotation as HTML, so what comes from lines must not be any. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
