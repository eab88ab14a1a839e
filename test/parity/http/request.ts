/** One request that both stores get. */
export interface HttpRequest {
  /** Below `/loki/api/v1`, such as `/query_range`. */
  readonly path: string;
  readonly params: readonly (readonly [name: string, value: string])[];
  /** In the address (GET, the default) or as a form. */
  readonly method?: "GET" | "POST";
  /** Asks for the labels of lines by where they come from. */
  readonly byCategory?: boolean;
}

/** An answer as it came over the wire. */
export interface HttpAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

export async function ask(url: string, request: HttpRequest): Promise<HttpAnswer> {
  const { path, params, method = "GET", byCategory = false } = request;
  const values = new URLSearchParams();
  for (const [name, value] of params) values.append(name, value);
  const headers: Record<string, string> = byCategory ? { "X-Loki-Response-Encoding-Flags": "categorize-labels" } : {};
  const address = `${url}/loki/api/v1${path}`;
  const answer =
    method === "GET"
      ? await fetch(`${address}?${values}`, { headers })
      : await fetch(address, { method, headers, body: values });
  return { status: answer.status, type: answer.headers.get("content-type") ?? "", text: await answer.text() };
}

/** How it looks in a report. */
export function describeRequest({ path, params, method = "GET" }: HttpRequest): string {
  return `${method} ${path} ${params.map(([name, value]) => `${name}=${value}`).join(" ")}`;
}
