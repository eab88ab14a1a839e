import type { Fix, Signal } from "../../core/detectors";
import { explanationOf, HEADLINE, type JudgedRun, NOT_FOUND_TODAY, selectSignals } from "../../core/judging";
import { sanitise } from "./sanitise";
import type { RunLayout } from "./sections";
import { severityLabel } from "./severity";
import { wrap } from "./width";

interface Layout extends RunLayout {
  /** Show the code of the fixes too. */
  readonly fixes: boolean;
}

const LABEL = 8;
const INDENT = " ".repeat(LABEL + 4);

/** A paragraph with its label in front of the first line. */
function labelled(label: string, text: string, { columns }: Layout): string[] {
  return wrap(sanitiseText(text), columns - LABEL - 2).map((line, at) =>
    `  ${(at === 0 ? label : "").padEnd(LABEL)}${line}`.trimEnd(),
  );
}

/** Keeps line ends: fixes and explanations have several lines. */
const sanitiseText = (text: string): string => text.split("\n").map(sanitise).join("\n");

function headOf(signal: Signal, { style }: Layout): string {
  const step = signal.step_index === undefined ? "" : ` · step ${signal.step_index}`;
  return `${severityLabel(signal, style)} ${style.bold(signal.failure_type)} ${signal.confidence.toFixed(2)}${style.dim(step)}`;
}

function explained(signal: Signal, judged: JudgedRun, layout: Layout): string[] {
  const explanation = explanationOf(signal, judged);
  if (explanation === undefined) {
    return [
      headOf(signal, layout),
      ...labelled("What", signal.title, layout),
      ...labelled("Note", NOT_FOUND_TODAY, layout),
    ];
  }
  const lines = [
    headOf(signal, layout),
    ...labelled("What", explanation.what, layout),
    ...labelled("Why", explanation.why, layout),
    ...labelled("Seen", explanation.evidence, layout),
  ];
  explanation.fixes.forEach((fix, at) => {
    lines.push(...labelled(`Fix ${at + 1}`, fix.description, layout), ...codeOf(fix, layout));
  });
  return lines;
}

/** A prompt is short enough to stand in the text; code is shown when asked for, and never cut, so that it can be copied. */
function codeOf(fix: Fix, { style, columns, fixes }: Layout): string[] {
  const code = sanitiseText(fix.code);
  if (fix.language === "text") return wrap(code, columns - INDENT.length).map((line) => style.dim(INDENT + line));
  return fixes ? code.split("\n").map((line) => style.dim(`${INDENT}${line}`.trimEnd())) : [];
}

/** What happened, why it matters and what to do; LOW and shadow signals in one line each. */
export function whatHappened(judged: JudgedRun, fixes: boolean, run: RunLayout): string[] {
  const { signals, no_data } = judged;
  const layout: Layout = { ...run, fixes };
  const headline = selectSignals(signals, HEADLINE);
  const lines = headline.flatMap((signal, at) => [...(at === 0 ? [] : [""]), ...explained(signal, judged, layout)]);
  if (headline.length > 0 && !fixes)
    lines.push("", layout.style.dim(`${layout.ask.fixes} shows the code of the fixes`));
  const minor = signals.filter((signal) => !headline.includes(signal));
  if (headline.length === 0) {
    const unclear =
      no_data.length === 0 ? "" : ` ${no_data.length} detectors had no data (${layout.ask.facts} says which and why).`;
    lines.push(...wrap(`No signal of MEDIUM or above.${unclear}`, layout.columns));
  }
  if (minor.length > 0) lines.push("", layout.style.dim("Also seen, not counted"));
  for (const signal of minor) {
    const title = wrap(sanitise(signal.title), layout.columns - 4);
    lines.push(headOf(signal, layout), ...title.map((line) => `    ${line}`));
  }
  return lines;
}
