/** An answer other than success: Loki's are plain text. */
export class HttpError extends Error {
  override readonly name = "HttpError";

  constructor(
    readonly status: 400 | 404 | 413 | 422 | 429 | 500,
    text: string,
  ) {
    super(text);
  }
}
