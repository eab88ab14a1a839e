/** Sends the server what visitors ask: two questions, an empty one, and one that fails. */
export async function askAll(url: string): Promise<void> {
  const questions = [
    "When does the button museum open?",
    "When does the railway museum open?",
    "",
    "Which days is it closed?",
  ];
  for (const question of questions) {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ question }),
    });
    console.error(`${response.status} ${await response.text()}`);
  }
}
