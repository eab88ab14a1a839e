/** A request's body as text to hash; undefined when it can only be read once or is of a kind nobody knows. */
export function bodyText(body: unknown): string | undefined {
  if (body === undefined || body === null) return "";
  if (typeof body === "string") return body;
  if (body instanceof URLSearchParams) return body.toString();
  if (body instanceof ArrayBuffer) return Buffer.from(body).toString("latin1");
  if (ArrayBuffer.isView(body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1");
  return undefined;
}
