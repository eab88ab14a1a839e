import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { detectorConfigFor, rulesOf } from "./detectors";
import { loadPrices, pricesFor } from "./prices";
import { temporaryFolder } from "./testing/files";
import { RecordedClient } from "./testing/record";

const folder = temporaryFolder();

afterEach(() => vi.unstubAllEnvs());

function file(name: string, text: string): string {
  const path = join(folder(), name);
  writeFileSync(path, text);
  return path;
}

describe("a detectors.yml", () => {
  it("is read with its sections", () => {
    const config = detectorConfigFor(
      file("detectors.yml", "default:\n  tool_loop:\n    threshold: 4\nresearch:\n  slow_step:\n    shadow: true\n"),
    );
    expect(config.settingsFor("research").TOOL_LOOP.thresholds.threshold).toBe(4);
    expect(config.settingsFor("research").SLOW_STEP.shadow).toBe(true);
    expect(config.settingsFor("other").SLOW_STEP.shadow).toBe(false);
  });

  it.each([
    ["default:\n  tool_lop:\n    threshold: 4\n", 'Did you mean "tool_loop"?'],
    ["default:\n  tool_loop:\n    treshold: 4\n", 'Did you mean "threshold"?'],
    ["default: [", "cannot be read as YAML"],
  ])("that is wrong is an error when the client is made: %j", (text, message) => {
    const detectors = file("detectors.yml", text);
    expect(() => new RecordedClient({ detectors })).toThrow(message);
    expect(() => new RecordedClient({ detectors })).toThrow(detectors);
  });

  it.each([
    ["DETECTORS", "default: [", "cannot be read as YAML"],
    ["DETECTORS", "default:\n  tool_loop:\n    treshold: 4\n", 'Did you mean "threshold"?'],
    ["DETECTORS", undefined, "cannot be read as YAML: ENOENT"],
    ["BASELINES", "[1", "cannot be read as JSON"],
    ["BASELINES", '{"schema":1}', "generated_at"],
    ["PRICES", "{", "cannot be read as JSON"],
  ])("or another file that DUNETRACE_%s names: the error says so and names the file: %j", (name, text, message) => {
    const variable = `DUNETRACE_${name}`;
    const path = text === undefined ? "/nowhere/detectors.yml" : file("named", text);
    vi.stubEnv(variable, path);
    for (const part of [message, variable, path]) expect(() => new RecordedClient()).toThrow(part);
  });

  it("that is missing is one too", () => {
    expect(() => new RecordedClient({ detectors: "/nowhere/detectors.yml" })).toThrow("/nowhere/detectors.yml");
  });

  it("gives equal settings equal names", () => {
    const { settingsFor } = {
      settingsFor: (threshold: number) => detectorConfigFor({ default: { tool_loop: { threshold } } }).settingsFor("a"),
    };
    expect(rulesOf(settingsFor(4))).toBe(rulesOf(settingsFor(4)));
    expect(rulesOf(settingsFor(4))).not.toBe(rulesOf(settingsFor(5)));
  });
});

describe("prices", () => {
  const usage = { prompt_tokens: 1000, completion_tokens: 100 };

  it("come from the table of the package", () => {
    expect(loadPrices().cost("gpt-4o", usage)).toBe(0.0035);
    expect(loadPrices()).toBe(loadPrices());
  });

  it("of one's own come from the option or a file", () => {
    const own = { "my-model": { input: 1, output: 10 } };
    for (const option of [own, file("prices.json", JSON.stringify(own))]) {
      expect(pricesFor(option).cost("my-model", usage)).toBe(0.002);
      expect(pricesFor(option).cost("gpt-4o", usage)).toBe(0.0035);
      expect(pricesFor(option).knows("another-model")).toBe(false);
    }
  });

  it("that are none are an error when the client is made", () => {
    expect(() => new RecordedClient({ prices: { "my-model": { input: 1 } as never } })).toThrow(
      'prices["my-model"].output',
    );
    expect(() => new RecordedClient({ prices: file("prices.json", "{") })).toThrow("cannot be read as JSON");
    expect(() => new RecordedClient({ prices: [] as never })).toThrow("must hold prices by model");
  });
});

describe("a file that cannot be opened", () => {
  it("is an error when the client is made, with the path and the next step", () => {
    const path = join(file("folder", "a file"), "agent.ndjson");
    expect(() => new RecordedClient({ file: path })).toThrow(`The option "file" names ${path}, which cannot be opened`);
  });
});
