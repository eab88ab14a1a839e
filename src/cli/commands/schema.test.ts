import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dunetrace } from "../testing/command";
import { folderWith } from "../testing/folder";

describe("dunetrace schema", () => {
  it("prints the schema, or writes it to a file", async () => {
    const cwd = folderWith();
    const printed = await dunetrace(["schema"], { cwd });
    expect(JSON.parse(printed.out).$schema).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(await dunetrace(["schema", "--out", "line.json"], { cwd })).toEqual({ code: 0, out: "", err: "" });
    expect(readFileSync(join(cwd, "line.json"), "utf8")).toBe(printed.out);
  });
});
