/** The methods of RFC 9110, PATCH, and QUERY. */
const METHODS: ReadonlySet<string> = new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "DELETE",
  "CONNECT",
  "OPTIONS",
  "TRACE",
  "PATCH",
  "QUERY",
]);

/** A method as it is written: any other is `_OTHER`, as OpenTelemetry says for `http.request.method`. */
export function methodOf(method: string | undefined): string {
  return method !== undefined && METHODS.has(method) ? method : "_OTHER";
}

/** Whether a browser only asks what it may send: no agent works for that. */
export function isPreflight(method: string | undefined, requestedMethod: unknown): boolean {
  return method === "OPTIONS" && requestedMethod !== undefined && requestedMethod !== null;
}
