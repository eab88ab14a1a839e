import path from "node:path";
import ts from "typescript";

const ROOT = path.resolve(import.meta.dirname, "../..");
/** Files that are nowhere on disk, in a folder from which packages are found as from this repository. */
const FOLDER = path.join(ROOT, "test/docs/snippets");

/** What snippets leave to their reader, and packages of OpenTelemetry that this repository has no need of. */
const SURROUNDINGS = `
declare const agent: { ask(question: string): Promise<string> };
declare const dt: import("dunetrace-grafana").Dunetrace;
declare module "@ai-sdk/openai" {
  export const openai: (model: string) => "openai/gpt-4o";
}
declare module "@opentelemetry/sdk-trace-node" {
  import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
  export * from "@opentelemetry/sdk-trace-base";
  export class NodeTracerProvider extends BasicTracerProvider {
    register(): void;
  }
}
declare module "@opentelemetry/exporter-trace-otlp-http" {
  export class OTLPTraceExporter implements import("@opentelemetry/sdk-trace-base").SpanExporter {
    export: import("@opentelemetry/sdk-trace-base").SpanExporter["export"];
    shutdown(): Promise<void>;
  }
}
`;

function optionsOfLibrary(): ts.CompilerOptions {
  const config = path.join(ROOT, "tsconfig.lib.json");
  const { config: json } = ts.readConfigFile(config, ts.sys.readFile);
  return ts.parseJsonConfigFileContent(json, { ...ts.sys, readDirectory: () => [] }, ROOT, {}, config).options;
}

/**
 * Compiles snippets against the types of this package, each as a module of its own.
 *
 * @param snippets by a name that is unique
 * @returns what is wrong with each, none for those that are right
 */
export function typeErrors(snippets: Readonly<Record<string, string>>): Record<string, string[]> {
  const files = new Map([[path.join(FOLDER, "surroundings.d.ts"), SURROUNDINGS]]);
  const pathOf = (name: string): string => path.join(FOLDER, `${name.replaceAll(/[^\w-]/g, "_")}.ts`);
  for (const [name, code] of Object.entries(snippets)) files.set(pathOf(name), `${code}\nexport {};\n`);
  const options = optionsOfLibrary();
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, language, ...rest) => {
    const text = files.get(file);
    return text === undefined ? getSourceFile(file, language, ...rest) : ts.createSourceFile(file, text, language);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const errorsOf = (file: string): string[] => {
    const source = program.getSourceFile(file);
    if (source === undefined) throw new Error(`${file} was not compiled`);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"),
    );
  };
  const surroundings = errorsOf(path.join(FOLDER, "surroundings.d.ts"));
  if (surroundings.length > 0) throw new Error(`The surroundings themselves are wrong: ${surroundings.join("\n")}`);
  return Object.fromEntries(Object.keys(snippets).map((name) => [name, errorsOf(pathOf(name))]));
}
