import { counted } from "../../core/detectors/words";
import { NOTHING, percent } from "../../core/words";
import { SEVERITY_SYMBOLS, severityText } from "../output/severity";
import { PLAIN, type Style } from "../output/style";
import { type Column, table } from "../output/table";
import { wrap } from "../output/width";
import type { Bar, PrecisionReport, PrecisionRow } from "./tally";

interface Layout {
  readonly style: Style;
  readonly columns: number;
}

const severityOf = (row: PrecisionRow): string =>
  row.failure_type === "any" ? `${SEVERITY_SYMBOLS[row.severity]} ${row.severity}+` : severityText(row);

const typeOf = (row: PrecisionRow): string => (row.failure_type === "any" ? "any detector" : row.failure_type);

const share = (fired: number, of: number): string => (of === 0 ? NOTHING : `${fired} (${percent(fired / of)})`);

const columnsOf = ({ successes, failures }: PrecisionReport, style: Style): Column<PrecisionRow>[] => [
  { title: "TYPE", value: typeOf },
  {
    title: "SEVERITY",
    value: severityOf,
    paint: (text, row) => style.severity[row.shadow ? "shadow" : row.severity](text),
  },
  { title: "SUCCESSES", value: (row) => share(row.successes, successes), align: "right" },
  { title: "FAILURES", value: (row) => share(row.failures, failures), align: "right" },
  { title: "PRECISION", value: (row) => (row.precision === null ? NOTHING : percent(row.precision)), align: "right" },
  { title: "LIFT", value: (row) => (row.lift === null ? NOTHING : `${row.lift.toFixed(2)}×`), align: "right" },
];

/** On which runs signals fired, and whether the bars are kept. */
export function precisionTable(report: PrecisionReport, { style, columns }: Layout): string[] {
  const lines = [
    ...table(columnsOf(report, style), report.rows, { columns, paintTitle: style.dim }),
    "",
    ...wrap(headline(report), columns),
    ...report.bars.map((bar) => (bar.kept ? barText(bar) : style.failure(barText(bar)))),
  ];
  const never = neverFired(report);
  return never === "" ? lines : [...lines, ...wrap(never, columns)];
}

/** The same as a Markdown section. */
export function precisionMarkdown(report: PrecisionReport): string[] {
  const layout = columnsOf(report, PLAIN);
  const title = (text: string): string => text.charAt(0) + text.slice(1).toLowerCase();
  return [
    headline(report),
    "",
    `| ${layout.map((column) => title(column.title)).join(" | ")} |`,
    `|${layout.map((column) => (column.align === "right" ? "--:" : "---")).join("|")}|`,
    ...report.rows.map((row) => `| ${layout.map((column) => column.value(row)).join(" | ")} |`),
    "",
    ...report.bars.map((bar) => `- ${barText(bar)}`),
    "",
    neverFired(report),
  ];
}

function headline({ runs, successes, failures, without_truth }: PrecisionReport): string {
  const base = runs === 0 ? "" : `, so ${percent(failures / runs)} precision is a lift of 1`;
  const rest =
    without_truth === 0
      ? ""
      : ` ${counted(without_truth, "run")} ${without_truth === 1 ? "has no known outcome and was" : "have no known outcome and were"} left out.`;
  return `${runs} runs of known outcome: ${successes} successes and ${failures} failures${base}.${rest}`;
}

function barText({ failure_type, allowed, fired, kept }: Bar): string {
  const what = failure_type === "any" ? "All HIGH and CRITICAL together" : `HIGH and CRITICAL of ${failure_type}`;
  const verdict = kept ? "kept" : "MISSED";
  return `Bar ${verdict}: ${what} on ${counted(fired, "success", "successes")}, at most ${allowed} allowed.`;
}

function neverFired({ detectors, runs }: PrecisionReport): string {
  const silent = detectors.filter(({ fired }) => fired === 0);
  if (silent.length === 0) return "";
  const names = silent.map(({ failure_type, no_data }) =>
    no_data === 0 ? failure_type : `${failure_type} (no data on ${no_data === runs ? "any run" : `${no_data} runs`})`,
  );
  return `Never fired: ${names.join(", ")}.`;
}
