import type { SinkCounts } from "../../sdk/sinks/outputs";
import type { Collector } from "../collector";

/** Counters in Prometheus' text format, with what each counts. */
class Exposition {
  #text = "";

  counter(
    name: string,
    help: string,
    values: Iterable<readonly [labels: Readonly<Record<string, string>>, value: number]>,
  ): this {
    return this.#metric(name, "counter", help, values);
  }

  gauge(name: string, help: string, value: number): this {
    return this.#metric(name, "gauge", help, [[{}, value]]);
  }

  #metric(
    name: string,
    type: string,
    help: string,
    values: Iterable<readonly [labels: Readonly<Record<string, string>>, value: number]>,
  ): this {
    this.#text += `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
    for (const [labels, value] of values) this.#text += `${name}${labelsText(labels)} ${value}\n`;
    return this;
  }

  get text(): string {
    return this.#text;
  }
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

const escaped = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');

const by = (label: string, counts: ReadonlyMap<string, number>) =>
  [...counts].map(([name, value]) => [{ [label]: name }, value] as const);
const alone = (value: number) => [[{}, value]] as const;

/** What else there is to tell. */
export interface MetricsSources {
  readonly collector: Collector;
  readonly outputs: () => SinkCounts;
  /** Requests passed on, by what became of them. */
  readonly forwarded?: (() => ReadonlyMap<string, number>) | undefined;
}

/** The page at `/metrics`. */
export function metricsText({ collector, outputs, forwarded }: MetricsSources): string {
  const { counters, traces } = collector;
  const lost = Object.entries(outputs().dropped).map(([output, value]) => [{ output }, value] as const);
  const page = new Exposition()
    .counter("dunetrace_requests_total", "Requests by route and status.", by("route", counters.requests))
    .counter(
      "dunetrace_requests_limited_total",
      "Requests of clients that sent too many, or too many wrong keys.",
      by("reason", counters.limitedRequests),
    )
    .counter("dunetrace_spans_total", "Spans taken.", alone(traces.spans))
    .counter("dunetrace_spans_refused_total", "Spans that are none, by reason.", by("reason", counters.refusedSpans))
    .counter(
      "dunetrace_spans_duplicate_total",
      "Spans delivered twice while their trace was open.",
      alone(traces.duplicate_spans),
    )
    .counter(
      "dunetrace_spans_late_total",
      "Spans of a run that was written before they came.",
      alone(traces.late_spans),
    )
    .counter("dunetrace_spans_dropped_total", "Spans beyond the limit of their trace.", alone(traces.dropped_spans))
    .counter("dunetrace_spans_unknown_total", "Spans of no known kind, by name.", by("name", counters.unknownSpans))
    .gauge("dunetrace_traces_open", "Traces that wait for more spans.", traces.open)
    .gauge(
      "dunetrace_runs_remembered",
      "Closed runs that are remembered, so that a second delivery adds nothing.",
      traces.remembered,
    )
    .counter("dunetrace_traces_closed_total", "Traces taken as complete.", alone(traces.closed_traces))
    .counter("dunetrace_traces_evicted_total", "Traces closed early to make room.", alone(traces.evicted_traces))
    .counter(
      "dunetrace_traces_without_run_total",
      "Traces in which no agent did anything.",
      alone(counters.traces_without_run),
    )
    .counter("dunetrace_runs_total", "Runs written.", alone(counters.runs))
    .counter("dunetrace_deploys_total", "Deployments and removals of pipelines.", alone(counters.deploys))
    .counter("dunetrace_signals_total", "Signals found, by failure type.", by("failure_type", counters.signals))
    .counter("dunetrace_lines_total", "Lines made or taken.", alone(counters.lines))
    .counter("dunetrace_lines_lost_total", "Lines that an output did not take at once.", alone(counters.lost_lines))
    .counter("dunetrace_output_dropped_lines_total", "Lines that an output lost, also later.", lost)
    .counter("dunetrace_events_taken_total", "Lines of POST /v1/events that were taken.", alone(counters.taken_lines))
    .counter(
      "dunetrace_events_foreign_total",
      "Lines of POST /v1/events that are of other programs.",
      alone(counters.foreign_lines),
    )
    .counter(
      "dunetrace_events_broken_total",
      "Lines of POST /v1/events that are cut or broken.",
      alone(counters.broken_lines),
    )
    .counter("dunetrace_ingested_events_total", "Events of POST /v1/ingest.", by("result", counters.ingested))
    .gauge("dunetrace_runs_open", "Runs of lines and events that have not ended.", collector.intake.runs.open)
    .counter(
      "dunetrace_runs_evicted_total",
      "Runs of lines and events that were too many or too long to keep.",
      alone(collector.intake.runs.evicted),
    )
    .counter("dunetrace_runs_unjudged_total", "Runs of which events are missing here.", alone(counters.unjudged_runs));
  if (forwarded !== undefined) {
    page.counter(
      "dunetrace_forwarded_total",
      "Requests to pass on, by what became of them.",
      by("result", forwarded()),
    );
  }
  return page.text;
}
