import type { Command } from "commander";
import { lineSchema } from "../../core/wire/schema";
import { writeText } from "../config/writeFile";
import type { Io } from "../io";
import { addCommon, type CommonOptions } from "../options";

interface SchemaOptions extends CommonOptions {
  readonly out?: string;
}

/** `dunetrace schema`: the JSON Schema of a line. */
export function registerSchema(program: Command, io: Io): void {
  const command = program
    .command("schema")
    .description("Print the JSON Schema (2020-12) of a line.")
    .option("--out <file>", "write it to a file");
  addCommon(command).action(async (options: SchemaOptions) => {
    const text = `${JSON.stringify(lineSchema(), null, 2)}\n`;
    if (options.out === undefined) await io.stdout.write(text);
    else await writeText(options.out, text, io);
  });
}
