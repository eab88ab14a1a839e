/** A body that is larger than it may be, or that its sender did not send to its end. */
export class UnreadableBody extends Error {
  override readonly name = "UnreadableBody";
  readonly status: 400 | 413;

  constructor(status: 400 | 413, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Reads the body of a request or an answer, as it was sent.
 *
 * @throws UnreadableBody as soon as it is known to have more than `maxBytes`, or when it breaks off
 */
export async function readBytes(of: Pick<Request, "headers" | "body">, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => new UnreadableBody(413, `The body has more than ${maxBytes} bytes; send less at once.`);
  if (Number(of.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of of.body ?? []) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof UnreadableBody) throw error;
    throw new UnreadableBody(400, "The body breaks off; send it again.");
  }
  return Buffer.concat(chunks);
}
