import type { JsonPathsStage, LineFilterStage, Stage } from "../ast/log";
import { eachField } from "../json/flatten";
import { PathFinder } from "../json/paths";
import { isBroken } from "../json/scan";
import { labelText } from "../json/unescape";
import { lineTest } from "../regex/matcher";
import { ALL_FIELDS, type Hints } from "./hints";
import { labelTest } from "./labelTest";
import type { LineLabels } from "./lineLabels";

/** Runs a line through stages and leaves its labels behind. @returns whether the line is kept */
export type Pipeline = (line: string, labels: LineLabels) => boolean;

/** Compiles stages; line filters move ahead of parsers, up to the label filter before them. */
export function pipelineOf(stages: readonly Stage[], hints: Hints = ALL_FIELDS): Pipeline {
  const steps: Pipeline[] = reordered(stages).map((stage) => stepOf(stage, hints));
  return (line, labels) => {
    for (const step of steps) if (!step(line, labels)) return false;
    return true;
  };
}

function reordered(stages: readonly Stage[]): Stage[] {
  const result: Stage[] = [];
  let parsers: Stage[] = [];
  for (const stage of stages) {
    if (stage.kind === "line") result.push(stage);
    else if (stage.kind === "labels") {
      result.push(...parsers, stage);
      parsers = [];
    } else parsers.push(stage);
  }
  return [...result, ...parsers];
}

function stepOf(stage: Stage, hints: Hints): Pipeline {
  switch (stage.kind) {
    case "line":
      return lineStep(stage);
    case "labels": {
      const test = labelTest(stage.filter);
      return (_, labels) => test(labels);
    }
    case "json":
      return jsonStep(hints);
    case "jsonPaths":
      return jsonPathsStep(stage, hints);
  }
}

function lineStep({ op, texts }: LineFilterStage): Pipeline {
  const tests = texts.map((text) => lineTest(text, op === "|~" || op === "!~"));
  const [only] = tests;
  const any = tests.length === 1 && only !== undefined ? only : (line: string) => tests.some((test) => test(line));
  return op === "|=" || op === "|~" ? any : (line) => !any(line);
}

/** Whether a query that names its labels has them all. */
function isComplete(hints: Hints, labels: LineLabels): boolean {
  if (hints.nothing) return true;
  if (hints.required === undefined || hints.required.size === 0) return false;
  for (const name of hints.required) if (!labels.isParsed(name)) return false;
  return true;
}

function jsonStep(hints: Hints): Pipeline {
  const wanted = hints.required === undefined ? undefined : [...hints.required];
  return (line, labels) => {
    if (isComplete(hints, labels)) return true;
    const end = eachField(line, {
      enter: (prefix) => wanted === undefined || wanted.some((name) => name.startsWith(prefix)),
      field: (label, value) => {
        if (label === "") return true;
        const name = labels.nameFor(label);
        if ((hints.required === undefined || hints.required.has(name)) && !labels.isParsed(name)) {
          labels.set(name, value.kind === "string" ? labelText(value.text) : value.text);
        }
        return !isComplete(hints, labels);
      },
    });
    if (end !== undefined && end !== "stopped") labels.fail("JSONParserErr", end.problem, hints.preserve);
    return true;
  };
}

function jsonPathsStep({ fields }: JsonPathsStage, hints: Hints): Pipeline {
  let current: LineLabels | undefined;
  let matches = 0;
  const finder = new PathFinder(
    fields.map(({ path }) => path),
    (index, value) => {
      const field = fields[index];
      if (current === undefined) return;
      if (isBroken(value) || field === undefined) {
        current.fail("JSONParserErr", isBroken(value) ? value.problem : undefined, hints.preserve);
        return;
      }
      matches += 1;
      current.set(current.nameFor(field.name), valueText(value.kind, value.text));
    },
  );
  return (line, labels) => {
    if (line === "" || isComplete(hints, labels)) return true;
    if (!/^["{[]/.test(line)) {
      labels.fail("JSONParserErr", undefined, hints.preserve);
      return true;
    }
    current = labels;
    matches = 0;
    finder.find(line);
    if (matches < fields.length) {
      for (const { name } of fields) if (labels.get(name) === undefined) labels.set(name, "");
    }
    return true;
  };
}

function valueText(kind: string, text: string): string {
  if (kind === "null") return "";
  return kind === "object" ? text : labelText(text);
}
