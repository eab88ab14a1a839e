import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { say } from "../../src/sdk/notices";
import { Canaries, outputOf, type Way } from "./canaries";
import { DIALECTS, throughCollector } from "./dialects";
import { aiSdk, langchain, otel, pino, sdk } from "./frameworks";
import { anthropic, auto, openai } from "./models";
import { nodeHttp, outgoing, overExpress, overFastify, overFetch } from "./servers";

/** By sub-path export of package.json; null for those that take no run of an agent. */
const EXPORTS: Readonly<Record<string, Way | null>> = {
  ".": sdk,
  // Pure functions over lines that are written already.
  "./core": null,
  "./ai-sdk": aiSdk,
  "./anthropic": anthropic,
  "./auto": auto,
  "./express": overExpress,
  "./fastify": overFastify,
  "./fetch-handler": overFetch,
  "./http": outgoing,
  "./langchain": langchain,
  "./node-http": nodeHttp,
  "./openai": openai,
  "./otel": otel,
  "./pino": pino,
};

const manifest: { exports: Record<string, unknown> } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"),
);
const code = Object.entries(manifest.exports).filter(([, target]) => typeof target !== "string");

const WAYS: [string, Way][] = [
  ...Object.entries(EXPORTS).flatMap(([name, way]): [string, Way][] => (way === null ? [] : [[name, way]])),
  ...DIALECTS.map((source): [string, Way] => [`the collector, ${source}`, throughCollector(source)]),
];

describe("marked secrets", () => {
  it("have a program for every export of the package", () => {
    expect(Object.keys(EXPORTS).toSorted()).toEqual(code.map(([name]) => name).toSorted());
  });

  it.each(WAYS)("of %s are in no output byte", async (_, way) => {
    const canaries = new Canaries();
    const output = await outputOf(way, canaries, {});
    expect(canaries.planted.length).toBeGreaterThan(8);
    expect(output).toContain('"event_type":"run.started"');
    expect(canaries.foundIn(output)).toEqual([]);
    expect(output).not.toContain("CANARY");
  });

  it("would be seen on stderr", async () => {
    const play = async (): Promise<undefined> => {
      say("CANARY");
      return undefined;
    };
    expect(await outputOf({ play, isWrittenInFull: false }, new Canaries(), {})).toContain("dunetrace: CANARY");
  });

  it.each(WAYS.filter(([, way]) => way.isWrittenInFull))("of %s are written by capture full", async (_, way) => {
    const canaries = new Canaries();
    const output = await outputOf(way, canaries, { capture: "full" });
    expect(canaries.foundIn(output).length).toBeGreaterThan(1);
  });
});
