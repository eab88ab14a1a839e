import { createRequire } from "node:module";
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { afterEach, describe, expect, it } from "vitest";
import type { Instrumentation } from "../models/patch";
import { autoInstrument, type InstrumentationTarget } from ".";

const CommonJs: typeof OpenAI = createRequire(import.meta.url)("openai").OpenAI;
const originals = { fetch: globalThis.fetch, create: OpenAI.Responses.prototype.create };
const done: Instrumentation[] = [];

async function instrument(targets?: readonly InstrumentationTarget[]): Promise<Instrumentation> {
  const found = await autoInstrument(targets);
  done.push(found);
  return found;
}

afterEach(() => {
  for (const one of done.splice(0)) one.unpatch();
});

describe("autoInstrument", () => {
  it("patches all that is installed, both builds of a package, and undoes it", async () => {
    const { create } = CommonJs.Responses.prototype;
    const found = await instrument();
    expect(found.patched).toEqual([
      "fetch",
      "undici",
      "http",
      "openai.chat.completions",
      "openai.responses",
      "openai.completions",
      "anthropic.messages",
      "anthropic.beta.messages",
    ]);
    expect(OpenAI.Responses.prototype.create).not.toBe(originals.create);
    expect(CommonJs.Responses.prototype.create).not.toBe(create);
    found.unpatch();
    expect(OpenAI.Responses.prototype.create).toBe(originals.create);
    expect(CommonJs.Responses.prototype.create).toBe(create);
    expect(globalThis.fetch).toBe(originals.fetch);
  });

  it("patches what it is asked for alone", async () => {
    const { create } = OpenAI.Responses.prototype;
    expect((await instrument(["anthropic"])).patched).toEqual(["anthropic.messages", "anthropic.beta.messages"]);
    expect(OpenAI.Responses.prototype.create).toBe(create);
    expect(globalThis.fetch).toBe(originals.fetch);
    expect(Anthropic.Messages.prototype.create.name).toBe("create");
  });

  it("does nothing a second time", async () => {
    await instrument();
    expect((await instrument()).patched).toEqual([]);
  });

  it("names the nearest target for one that does not exist", async () => {
    const targets: InstrumentationTarget[] = JSON.parse('["openia"]');
    await expect(autoInstrument(targets)).rejects.toThrow('Did you mean "openai"?');
    await expect(autoInstrument(JSON.parse('"openai"'))).rejects.toThrow("takes a list of targets");
    expect(globalThis.fetch).toBe(originals.fetch);
  });
});
