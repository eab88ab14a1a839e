import {
  type CoreApp,
  type DataQueryError,
  type DataQueryRequest,
  type DataQueryResponse,
  DataSourceApi,
  type DataSourceInstanceSettings,
  LoadingState,
  type ScopedVars,
  type TestDataSourceResponse,
} from "@grafana/data";
import { map, Observable } from "rxjs";
import type { ViewSettings } from "../components/environment/environment";
import type { Ask, TimeSpan } from "../logql/ask";
import { createAsk } from "../logql/ask";
import { LokiError } from "../logql/errors";
import { annotationSupport } from "./annotationSupport";
import { answerQuery } from "./answers/answerQuery";
import { answerVariable, type VariableValue } from "./answers/variables";
import type { Frame } from "./frames/frame";
import type { LinkTargets } from "./frames/links";
import { toDataFrame } from "./frames/toDataFrame";
import { poll } from "./live";
import { findLoki } from "./loki/findLoki";
import { GrafanaLoki } from "./loki/grafanaLoki";
import { DEFAULT_QUERY, isComplete } from "./query/defaults";
import { queryText } from "./query/displayText";
import { interpolateQuery, interpolateVariableQuery, type ReplaceVariables } from "./query/interpolate";
import { migrateQuery, migrateVariableQuery } from "./query/migrate";
import type { AgentsQuery, QueryFilter, VariableKind } from "./query/types";
import { testSettings } from "./saveAndTest";
import { grafanaServices, type Services } from "./services";
import { type AgentsSettings, parseSettings, type StoredSettings } from "./settings";
import { AgentsVariables } from "./variables";

type Request = DataQueryRequest<AgentsQuery>;

const DAY_MS = 86_400_000;

/** One answered or failed query of a request. */
interface Outcome {
  readonly refId: string;
  readonly frames: readonly Frame[];
  readonly error: DataQueryError | undefined;
}

/** Runs, signals and agents out of the lines that a Loki datasource of the same Grafana reads. */
export class AgentsDataSource extends DataSourceApi<AgentsQuery, StoredSettings> {
  readonly settings: AgentsSettings;
  /** Answers every question of the views: the pages of the app ask through it. */
  readonly ask: Ask;
  readonly viewSettings: ViewSettings;
  readonly lokiUid: string | undefined;
  override annotations = annotationSupport;
  readonly #services: Services;

  constructor(instance: DataSourceInstanceSettings<StoredSettings>, services: Services = grafanaServices) {
    super(instance);
    this.variables = new AgentsVariables(this);
    this.#services = services;
    this.settings = parseSettings(instance.jsonData);
    const { pollMs, listCap, fetchLimit, freshMs, slowStepMinMs, lokiUid, scope, config } = this.settings;
    this.viewSettings = { pollMs, listCap, fetchLimit, freshMs, slowStepMinMs };
    this.lokiUid = lokiUid;
    const { makeTimeRange, now } = services;
    const api = new GrafanaLoki({ find: this.#findLoki, makeTimeRange, now });
    this.ask = createAsk(api, { scope, config, now, lokiUid });
  }

  /** For messages; undefined while no Loki is set. */
  get lokiName(): string | undefined {
    return this.lokiUid === undefined ? undefined : this.#services.nameOf(this.lokiUid);
  }

  override query(request: Request): Observable<DataQueryResponse> {
    if (request.liveStreaming === true) return this.#live(request);
    return new Observable((subscriber) => {
      const stop = new AbortController();
      this.#answer(request, spanOf(request), stop.signal).then((outcomes) => {
        if (stop.signal.aborted) return;
        subscriber.next(responseOf(outcomes));
        subscriber.complete();
      }, subscriber.error.bind(subscriber));
      return () => stop.abort();
    });
  }

  /** Frames anew every `pollMs` while somebody looks; the rows of a failed time stay with its error beside them. */
  #live(request: Request): Observable<DataQueryResponse> {
    const { isHidden, now } = this.#services;
    const span = spanOf(request);
    const last = new Map<string, readonly Frame[]>();
    const ask = async (signal: AbortSignal): Promise<readonly Outcome[]> => {
      const to = now();
      const outcomes = await this.#answer(request, { from: to - (span.to - span.from), to }, signal);
      return outcomes.map((outcome) => {
        const { refId, frames, error } = outcome;
        if (error !== undefined) return { ...outcome, frames: last.get(refId) ?? [] };
        last.set(refId, frames);
        return outcome;
      });
    };
    return poll({ pollMs: this.settings.pollMs, ask, isHidden }).pipe(
      map((outcomes) => ({
        ...responseOf(outcomes),
        key: `${request.requestId}-live`,
        state: LoadingState.Streaming,
      })),
    );
  }

  /** Never rejects: what fails is told beside what does not. */
  #answer({ targets, scopedVars, intervalMs }: Request, range: TimeSpan, signal: AbortSignal): Promise<Outcome[]> {
    const asked = targets.map(migrateQuery).filter(isComplete);
    return Promise.all(
      asked.map(async (query): Promise<Outcome> => {
        const { refId } = query;
        try {
          const ready = interpolateQuery(query, this.#replacer(scopedVars));
          const context = {
            ask: this.ask,
            range,
            intervalMs,
            limit: this.settings.listCap,
            targets: this.#targets(),
            signal,
          };
          return { refId, frames: await answerQuery(ready, context), error: undefined };
        } catch (error) {
          return { refId, frames: [], error: queryErrorOf(error, refId) };
        }
      }),
    );
  }

  /** The values of a template variable. */
  async variableValues(
    stored: unknown,
    request: Pick<Request, "range" | "scopedVars">,
  ): Promise<readonly VariableValue[]> {
    const query = interpolateVariableQuery(migrateVariableQuery(stored), this.#replacer(request.scopedVars));
    return answerVariable(query, { ask: this.ask, range: spanOf(request), limit: this.settings.listCap });
  }

  /** Values for an editor, of the last 24 hours; [] where none can be had, because an editor works without. */
  async suggestions(
    kind: VariableKind,
    filter: QueryFilter | undefined,
    signal: AbortSignal,
  ): Promise<readonly VariableValue[]> {
    const to = this.#services.now();
    const context = { ask: this.ask, range: { from: to - DAY_MS, to }, limit: this.settings.listCap, signal };
    const query = interpolateVariableQuery(migrateVariableQuery({ kind, filter }), this.#replacer(undefined));
    return answerVariable(query, context).catch(() => []);
  }

  override async testDatasource(): Promise<TestDataSourceResponse> {
    return { ...(await testSettings({ findLoki: this.#findLoki, ask: this.ask, now: this.#services.now })) };
  }

  override getDefaultQuery(_app: CoreApp): Partial<AgentsQuery> {
    return DEFAULT_QUERY;
  }

  override filterQuery(query: AgentsQuery): boolean {
    return isComplete(migrateQuery(query));
  }

  override getQueryDisplayText(query: AgentsQuery): string {
    return queryText(migrateQuery(query));
  }

  override interpolateVariablesInQueries(queries: AgentsQuery[], scopedVars: ScopedVars): AgentsQuery[] {
    return queries.map((query) => ({
      ...interpolateQuery(migrateQuery(query), this.#replacer(scopedVars)),
      datasource: this.getRef(),
    }));
  }

  readonly #findLoki = () => findLoki(this.settings, this.#services.getDatasource);

  #replacer(scopedVars: ScopedVars | undefined): ReplaceVariables {
    return (text, format) => this.#services.replace(text, scopedVars, format);
  }

  #targets(): LinkTargets {
    const { lokiUid, lokiName } = this;
    const loki = lokiUid === undefined || lokiName === undefined ? undefined : { uid: lokiUid, name: lokiName };
    return { uid: this.uid, loki, scope: this.settings.scope };
  }
}

function spanOf({ range }: Pick<Request, "range">): TimeSpan {
  return { from: range.from.valueOf(), to: range.to.valueOf() };
}

function responseOf(outcomes: readonly Outcome[]): DataQueryResponse {
  const errors = outcomes.flatMap(({ error }) => (error === undefined ? [] : [error]));
  return {
    data: outcomes.flatMap(({ refId, frames }) => frames.map((frame) => toDataFrame(frame, refId))),
    state: errors.length === 0 ? LoadingState.Done : LoadingState.Error,
    ...(errors.length === 0 ? {} : { errors, error: errors[0] }),
  };
}

function queryErrorOf(error: unknown, refId: string): DataQueryError {
  const message = error instanceof Error ? error.message : String(error);
  return {
    refId,
    message,
    ...(error instanceof LokiError && error.status !== undefined ? { status: error.status } : {}),
  };
}
