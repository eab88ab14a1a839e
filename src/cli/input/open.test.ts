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
  it("reads plain and gzipped files, whatever they are called", async () => {
    expect(await read({ "a.ndjson": "one\n" }, "a.ndjson")).toBe("one\n");
    expect(await read({ "a.log": gzipSync("one\n") }, "a.log")).toBe("one\n");
    expect(await read({ "a.gz": "plain\n" }, "a.gz")).toBe("plain\n");
    expect(await read({ empty: "" }, "empty")).toBe("");
    expect(await read({ one: "x" }, "one")).toBe("x");
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
      "Cannot read a.gz as gzip: unexpected end of file",
    );
    const broken = Buffer.from(whole);
    broken.fill(0xff, 12, 20);
    await expect(read({ "a.gz": broken }, "a.gz")).rejects.toThrow(/^Cannot read a\.gz as gzip: /);
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
