import { builtModules } from "../builtModules.mjs";
import { decodeAlone, protobufOf, recorded, SYSTEMS, traceLike } from "../collector/requests.mjs";
import { micros, race } from "../harness.mjs";

/** Spans of each system in a round, which takes some 20 ms with them, and traces in one request. */
const SPANS = 2000;
const TRACES = 2;
const BAR = 0.7;

/**
 * OTLP in protobuf to what becomes lines: decoded, its spans read, classified and mapped from their dialect, content hashed.
 *
 * @returns {Promise<import("../harness.mjs").Result[]>}
 */
export async function otlpRows() {
  const { modules, dispose } = await builtModules({
    decode: "src/collector/otlp/decode.ts",
    dialects: "src/collector/dialects/index.ts",
    content: "src/sdk/content.ts",
    hashing: "src/sdk/hashing.ts",
  });
  try {
    const { decode, dialects, content, hashing } = modules;
    const options = { content: new content.Content("hash", hashing.nodeHash(), "sha256") };
    const requests = SYSTEMS.map(requestsOf);
    const map = (body) => decode.decodeSpans(body).spans.map((span) => dialects.componentOf(span, options));
    return [...requests, { system: "all three", bodies: requests.flatMap(({ bodies }) => bodies) }].map(
      ({ system, bodies }) => row(system, bodies, map),
    );
  } finally {
    dispose();
  }
}

function requestsOf(system) {
  const request = recorded(system);
  const spans = request.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scoped) => scoped.spans));
  const requests = Math.ceil(SPANS / (TRACES * spans.length));
  const bodies = Array.from({ length: requests }, (_, at) => {
    const traces = Array.from({ length: TRACES }, (_, one) => traceLike(request, at * TRACES + one, Date.now()));
    return protobufOf({ resourceSpans: traces.flatMap(({ resourceSpans }) => resourceSpans) });
  });
  return { system, bodies };
}

function row(system, bodies, map) {
  let sink = 0;
  const spans = bodies.reduce((sum, body) => sum + map(body).length, 0);
  const best = race([
    {
      name: "decode",
      units: spans,
      run: () => {
        for (const body of bodies) sink += decodeAlone(body).resourceSpans.length;
      },
    },
    {
      name: "map",
      units: spans,
      run: () => {
        for (const body of bodies) sink += map(body).length;
      },
    },
  ]);
  if (sink === 0) throw new Error("nothing was decoded");
  const alone = best.get("decode") ?? 0;
  const whole = best.get("map") ?? 0;
  const bytes = bodies.reduce((sum, { length }) => sum + length, 0) / spans;
  return {
    row: "otlp",
    what: `OTLP decode + map, ${system}`,
    peer: "protobufjs decode alone, same bytes",
    value: alone / whole,
    unit: "×",
    bar: BAR,
    atLeast: true,
    detail: `${micros(whole)} against ${micros(alone)} a span of ${Math.round(bytes)} bytes`,
  };
}
