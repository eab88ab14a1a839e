import { CustomVariableSupport, type DataQueryRequest, type DataQueryResponse } from "@grafana/data";
import { from, map, type Observable } from "rxjs";
import type { AgentsDataSource } from "./DataSource";
import { VariableEditor } from "./editors/VariableEditor";
import type { AgentsVariableQuery } from "./query/types";

/** Template variables: agents, versions, runs and failure types, within the filter of the variable's query. */
export class AgentsVariables extends CustomVariableSupport<AgentsDataSource, AgentsVariableQuery> {
  override editor = VariableEditor;
  readonly #datasource: AgentsDataSource;

  constructor(datasource: AgentsDataSource) {
    super();
    this.#datasource = datasource;
  }

  override query(request: DataQueryRequest<AgentsVariableQuery>): Observable<DataQueryResponse> {
    const [target] = request.targets;
    return from(this.#datasource.variableValues(target, request)).pipe(map((values) => ({ data: [...values] })));
  }
}
