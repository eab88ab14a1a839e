import { describe, expect, it } from "vitest";
import { allTexts, localeOf, problemsOf, textsOf } from "./texts";

describe("the texts of the plugin", () => {
  const texts = allTexts();

  it("have one key each", () => {
    expect(problemsOf(texts)).toEqual([]);
  });

  it("are in the translation file", async () => {
    // Written anew by `npm run texts`.
    await expect(localeOf(texts)).toMatchFileSnapshot("../../src/locales/en-US/dunetrace-agents-app.json");
  });
});

describe("textsOf", () => {
  const read = (source: string) => textsOf("x.tsx", source).map(({ key, text }) => [key, text]);

  it("reads calls with their plurals", () => {
    expect(
      read('t("a.b", "One {{x}}", { x }); t("a.n", "", { count, defaultValue_one: "1", defaultValue_other: "n" })'),
    ).toEqual([
      ["a.b", "One {{x}}"],
      ["a.n", ""],
      ["a.n_one", "1"],
      ["a.n_other", "n"],
    ]);
  });

  it("reads Trans as i18next looks it up", () => {
    const source = '<Trans i18nKey="a.c">Hello <b>big\n   {{ name }}</b>{" "}<strong>world</strong>\n  </Trans>';
    expect(read(source)).toEqual([["a.c", "Hello <1>big{{name}}</1> <strong>world</strong>"]]);
  });

  it("refuses what cannot be looked up", () => {
    expect(() => read('t(key, "x")')).toThrow("x.tsx:1: the key of t() is computed");
    expect(() => read('<Trans i18nKey="a.c">{name}</Trans>')).toThrow("cannot be looked up: {name}");
  });
});

describe("problemsOf", () => {
  it("names keys that cannot stand together", () => {
    const at = (key: string, text: string) => ({ key, text, where: key });
    expect(problemsOf([at("a.b", "x"), at("a.b", "y"), at("a.b.c", "z"), at("lonely", "l")])).toEqual([
      "a.b: a.b and a.b differ",
      'lonely of lonely is no "area.key"',
      "a.b.c of a.b.c lies below a.b, which is a text",
    ]);
  });
});
