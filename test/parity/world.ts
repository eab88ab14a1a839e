import type { PushStream } from "../real/push";
import type { MemoryStream } from "./memorySource";

const SECOND = 1_000_000_000n;
const MINUTE = 60n * SECOND;

/** Lines that no encoder of ours writes, among some that it could. */
export const ODD_LINES: readonly string[] = [
  `{"k":"plain","n":1,"f":1.5,"b":true,"z":null,"o":{"x":"y","d":{"e":3}},"t":["a","b",{"c":"d"}]}`,
  ` {"k":"leading space","n":2}`,
  `["k","top","array",{"k":"inside"}]`,
  `[{"k":"first of array","n":3}]`,
  `{"k":"cut","n":4,"o":{"x":"y"`,
  `{"k":"cut string","n":5,"s":"never ends`,
  `{"k":"trailing","n":6} and text`,
  `{"k":"two","n":7}{"k":"documents","n":8}`,
  `{"k":"twice","n":9,"k":"second","n":10}`,
  `{"a.b":"dotted","a_b":"under","a":{"b":"nested"},"n":11}`,
  `{"a":{"b":"nested first"},"a.b":"dotted","n":12}`,
  `{"__error__":"mine","k":"error key","n":13}`,
  `{"agent":"clash","k":"clash","n":14}`,
  `{"k":" 3","n":" 3"}`,
  `{"k":"inf","n":"+Inf"}`,
  `{"k":"nan","n":"NaN"}`,
  `{"k":"hex","n":"0x1p-2"}`,
  `{"k":"text","n":"abc"}`,
  `{"k":"empty","n":""}`,
  `{"k":"null","n":null}`,
  `{"k":"missing"}`,
  `{"k":"exp","n":1e3}`,
  `{"k":"neg","n":-2.5}`,
  `{"k":"big","n":123456789012345678901234567890}`,
  `{"k":"dur","d":"1h30m","n":20}`,
  `{"k":"dur2","d":"1.5s","n":21}`,
  `{"k":"dur bad","d":"1d","n":22}`,
  `{"k":"dur number","d":15,"n":23}`,
  `{"k":"bytes","y":"2KB","n":24}`,
  `{"k":"bytes2","y":"1.5 MiB","n":25}`,
  `{"k":"bytes bad","y":"3XB","n":26}`,
  `{"k":"escape \\"q\\" \\\\ \\n \\u00e9 \\ud83d\\ude00","n":27}`,
  `{"k":"lone \\ud800 half","n":28}`,
  `{"k":"bad \\q escape","n":29}`,
  `{"k":"é😀 unicode","n":30}`,
  `{"1digit":"one","with space":"two","with-dash":"three","":"empty key","é":"e","n":31}`,
  `{"k":{"deep":{"er":"x"}},"n":32}`,
  `{"k":["list",1,2],"n":33}`,
  `{ "k" : "spaced" , "n" : 34 , "o" : { "x" : "z" } }`,
  `{"k":"bare",n:35}`,
  `{"k":undefined,"n":36}`,
  `{"k":tru,"n":37}`,
  `{"k":"comma",,"n":38}`,
  `{"k":"colon":"x","n":39}`,
  `{}`,
  `null`,
  `42`,
  `"just a string"`,
  `plain text without json`,
  `level=info msg="logfmt line" n=5`,
  `{"k":"tab\there","n":40}`,
  `}{"k":"closed first","n":41}`,
  `]{"k":"closed array","n":42}`,
  `{"o":{"k":"only nested"},"n":43}`,
  `{"t":[[1,2],[3,4]],"k":"nested arrays","n":44}`,
  `{"t":[],"k":"empty array","n":45}`,
  `{"k\\u0022q":"quoted key","k":"escaped key","n":46}`,
  `{"k":"ends in backslash\\\\","n":47}`,
  `{"K":"upper","N":48}`,
  `{"k":"replaced \ufffd char","n":49}`,
  `{"k_extracted":"already","agent_extracted":"ae","n":50}`,
  `{"k":false,"n":true}`,
  `{"k":12,"n":"12"}`,
  `{"k":"last","n":51,"v":"1.0.0"}`,
];

export interface World {
  /** Label `w` of all its streams. */
  readonly name: string;
  /** Half an hour before a full one: when the lines begin, nanoseconds. */
  readonly base: bigint;
  /** A time after all of them. */
  readonly end: bigint;
  readonly pushed: readonly PushStream[];
  readonly stored: readonly MemoryStream[];
}

/**
 * The lines of both stores: odd ones, small runs of three agents over an hour, 520 runs of one agent, and lines with
 * structured metadata.
 *
 * @param now nanoseconds
 */
export function worldOf(name: string, now: bigint): World {
  // Loki looks for lines of the last three hours in its memory, and for older ones among those it has written.
  const base = now - (now % (60n * MINUTE)) - 90n * MINUTE;
  const stored = [odd(), ...agents(), many(), metadata()].map(({ labels, entries }) => ({
    labels: { w: name, ...labels, service_name: "unknown_service" },
    entries: entries.map((entry) => ({ ...entry, ts: base + entry.ts })),
  }));
  const pushed = stored.map(({ labels, entries }) => ({
    stream: labels,
    values: entries.map(({ ts, line, metadata: pairs }) =>
      pairs === undefined ? ([String(ts), line] as const) : ([String(ts), line, pairs] as const),
    ),
  }));
  return { name, base, end: base + 70n * MINUTE, pushed, stored };
}

function odd(): MemoryStream {
  return {
    labels: { agent: "odd", type: "odd" },
    entries: ODD_LINES.map((line, index) => ({ ts: 30n * MINUTE + BigInt(index) * SECOND, line })),
  };
}

const TYPES = ["run.completed", "run.errored", "tool.called"] as const;

function agents(): MemoryStream[] {
  return ["a1", "a2", "x.y"].flatMap((agent, which) =>
    TYPES.map((type, kind) => ({
      labels: { agent, type },
      entries: Array.from({ length: 40 }, (_, index) => ({
        ts: BigInt(index) * 90n * SECOND + BigInt(which * 7 + kind) * SECOND,
        line: JSON.stringify({
          run_id: `r${which}-${index}`,
          agent_version: `v${index % 3}`,
          payload: {
            facts: {
              steps: (index * 7 + which) % 13,
              loop_count: index % 5,
              ...(index % 4 === 0 ? {} : { share: index / 8 }),
            },
            exit_reason: index % 3 === 0 ? "error" : "final_answer",
            latency: `${index * 10}ms`,
            weight: (index * index + 1) * (which + 2) + kind * 7,
          },
          seq: index,
        }),
      })),
    })),
  );
}

function many(): MemoryStream {
  return {
    labels: { agent: "many", type: "run.completed" },
    entries: Array.from({ length: 520 }, (_, index) => ({
      ts: 10n * MINUTE + BigInt(index) * (SECOND / 2n),
      line: JSON.stringify({ run_id: `m${index}`, n: index % 7, half: index < 500 ? "a" : "b" }),
    })),
  };
}

function metadata(): MemoryStream {
  return {
    labels: { agent: "meta", type: "tool.called" },
    entries: Array.from({ length: 6 }, (_, index) => ({
      ts: 20n * MINUTE + BigInt(index) * SECOND,
      line: JSON.stringify({ run_id: `json${index}`, n: index, agent: "inner" }),
      ...(index === 5 ? {} : { metadata: { run_id: `r${index % 2}`, trace: `t${index}` } }),
    })),
  };
}
