import { beforeAll, expect, it } from "vitest";
import { describeWithLoki, uniqueName } from "../../real";
import { type BuiltWorld, builtWorld } from "../builtWorld";
import { differences } from "../http/difference";
import { ask } from "../http/request";
import { type Pair, startPair } from "../pair";
import { alertQuestions } from "./alerts";
import { judgingQuestions } from "./judging";
import { type Question, requestOf } from "./question";
import { questionsOf } from "./questions";

describeWithLoki("Queries of all builders, to the embedded store and to a real Loki over HTTP", () => {
  let pair: Pair;
  let world: BuiltWorld;

  beforeAll(async () => {
    world = await builtWorld(uniqueName("built"), Date.now() - 60_000);
    pair = await startPair(world.streams);
  }, 120_000);

  const once = (questions: readonly Question[]): Question[] => [
    ...new Map(questions.map((question) => [`${question.kind} ${question.query}`, question])).values(),
  ];

  async function expectSame(questions: readonly Question[], least: number): Promise<void> {
    const asked = once(questions);
    const found = await differences(
      pair,
      asked.map((question) => requestOf(question, world)),
    );
    expect(found.join("\n")).toBe("");
    expect(asked.length).toBeGreaterThan(least);
    process.stdout.write(`${asked.length} queries with the same answers\n`);
  }

  it("have the same answers for every question of the product", async () => {
    await expectSame(questionsOf(world), 1000);
  }, 600_000);

  it("have the same answers for every detector", async () => {
    await expectSame(judgingQuestions(world).known, 300);
  }, 600_000);

  it("are refused by name where the store does not know what they need", async () => {
    const refused = once([...judgingQuestions(world).refused, ...alertQuestions(world)]);
    const names = new Map<string, Set<string>>();
    for (const question of refused) {
      const request = requestOf(question, world);
      const [real, embedded] = await Promise.all([ask(pair.real, request), ask(pair.embedded, request)]);
      expect([real.status, embedded.status], question.query).toEqual([200, 400]);
      const [, name] =
        /^the embedded store does not (?:know|run) (.*?)(?:, which .*)?; run this query on a Loki$/.exec(
          embedded.text,
        ) ?? [];
      const what = question.name
        .split(" ")
        .slice(0, 3)
        .join(" ")
        .replace(/^(signal\w+|rawAlert) .*/, "$1");
      names.set(what, (names.get(what) ?? new Set()).add(name ?? embedded.text));
    }
    const list = [...names].map(([what, why]) => `${what}: ${[...why].sort().join(", ")}`).sort();
    expect(list).toMatchInlineSnapshot(`
      [
        "facts of SLOW_STEP: "label_format"",
        "quietAgents: "unless"",
        "raw events of: "and", "unless", a repetition within a repetition",
        "rawAlert: "label_format"",
        "signalAlert: "label_format"",
        "signalStorm: "label_format"",
        "signalTexts: "label_format"",
        "stalledRuns: "label_format"",
        "what-if MEDIUM of: "label_format"",
      ]
    `);
  }, 600_000);
});
