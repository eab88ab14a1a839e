/** Asks a Hayhooks server and reads the answer to its end. */
export async function post(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, text: await answer.text() };
}

/** What clients of OpenAI send. */
export const chatOf = (model: string, more: Readonly<Record<string, unknown>> = {}) => ({
  model,
  messages: [{ role: "user", content: "CANARY-question" }],
  ...more,
});

/** Asks for a stream, reads its first piece, and goes away. */
export async function abandon(url: string, body: unknown): Promise<void> {
  const gone = new AbortController();
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: gone.signal,
  });
  await answer.body?.getReader().read();
  gone.abort();
}
