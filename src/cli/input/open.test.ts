import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { FakeIo } from "../testing/fakeIo";
import { folderWith } from "../testing/folder";
import { bytesOf, findInputs } from "./open";

async function read(files: Readonly<Record<string, string | Uint8Array>>, name: string): Promise<string> {
  const io = new FakeIo({ cwd: folderWith(files) });
  const [file] = await findInputs([name], io);
  if (file === undefined) throw new Error("no file");
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytesOf(file, io)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

describe("bytesOf", () => {
  it("reads plain and gzipped files, gzipped ones whatever they are called", async () => {
    expect(await read({ "a.ndjson": "one\n" }, "a.ndjson")).toBe("one\n");
    expect(await read({ "a.log": gzipSync("one\n") }, "a.log")).toBe("one\n");
    expect(await read({ empty: "" }, "empty")).toBe("");
    expect(await read({ one: "x" }, "one")).toBe("x");
  });

  it("refuses a file that is no gzip though its name says so", async () => {
    const message = "a.ndjson.gz is not gzip, as its name says; rename it without .gz, or compress it anew";
    await expect(read({ "a.ndjson.gz": "plain\n" }, "a.ndjson.gz")).rejects.toThrow(message);
    await expect(read({ "a.ndjson.gz": "" }, "a.ndjson.gz")).rejects.toThrow(message);
  });

  it("reads gzip files that were put after each other", async () => {
    const both = Buffer.concat([gzipSync("one\n"), gzipSync("two\n")]);
    expect(await read({ "a.gz": both }, "a.gz")).toBe("one\ntwo\n");
  });

  it("gunzips stdin too, in chunks of one byte", async () => {
    const io = new FakeIo({ stdin: gzipSync("over stdin\n"), chunkSize: 1 });
    const [file] = await findInputs(["-"], io);
    if (file === undefined) throw new Error("no file");
    let text = "";
    for await (const chunk of bytesOf(file, io)) text += Buffer.from(chunk).toString("utf8");
    expect(text).toBe("over stdin\n");
  });

  it("names a file whose gzip is cut off or broken", async () => {
    const whole = gzipSync("x".repeat(10_000));
    await expect(read({ "a.gz": whole.subarray(0, -9) }, "a.gz")).rejects.toThrow(
      "Cannot read a.gz as gzip: unexpected end of file; it is cut off or damaged: copy it or compress it anew",
    );
    const broken = Buffer.from(whole);
    broken.fill(0xff, 12, 20);
    await expect(read({ "a.gz": broken }, "a.gz")).rejects.toThrow(/^Cannot read a\.gz as gzip: /);
  });

  it("hands out what comes before the cut of a gzip file, however slowly it is taken", async () => {
    const text = Array.from({ length: 200_000 }, (_, at) => `line ${at * 7919}\n`).join("");
    for (const cut of [9, 100, 300_000]) {
      const io = new FakeIo({ cwd: folderWith({ "a.gz": gzipSync(text).subarray(0, -cut) }) });
      const [file] = await findInputs(["a.gz"], io);
      if (file === undefined) throw new Error("no file");
      let got = "";
      const reading = async (): Promise<void> => {
        for await (const chunk of bytesOf(file, io)) {
          await new Promise((resolve) => setImmediate(resolve));
          got += Buffer.from(chunk).toString("latin1");
        }
      };
      await expect(reading()).rejects.toThrow("Cannot read a.gz as gzip: unexpected end of file");
      expect(text.startsWith(got)).toBe(true);
      // What is lost at most is what the cut bytes held, about ten times their size.
      expect(text.length - got.length).toBeLessThan(cut * 15);
    }
  });

  it("refuses UTF-16", async () => {
    await expect(read({ a: Buffer.from("\uFEFF{}", "utf16le") }, "a")).rejects.toThrow(
      "a is UTF-16; write it as UTF-8",
    );
  });
});

describe("findInputs", () => {
  it("names the nearest file of the folder for one that is not there", async () => {
    const cwd = folderWith({ "runs.ndjson": "", "other.txt": "" });
    await expect(findInputs(["runs.njson"], { cwd })).rejects.toThrow(
      "No such file: runs.njson; did you mean runs.ndjson?",
    );
    await expect(findInputs(["zzz"], { cwd })).rejects.toThrow(/^No such file: zzz$/);
    await expect(findInputs(["no/such/folder"], { cwd })).rejects.toThrow(/^No such file: no\/such\/folder$/);
  });

  it("refuses folders and a second stdin", async () => {
    await expect(findInputs(["."], { cwd: folderWith() })).rejects.toThrow(". is a folder; name the files in it");
    await expect(findInputs(["-", "-"], { cwd: "/" })).rejects.toThrow("- stands for stdin and can be given once");
  });
});
