import { counted } from "../../core/detectors/words";
import { sanitise } from "../output/sanitise";
import type { Style } from "../output/style";
import { wrap } from "../output/width";
import type { Finding, FindingStatus } from "./finding";

const WORDS: Readonly<Record<FindingStatus, string>> = {
  ok: "ok",
  warning: "WARNING",
  failure: "FAILURE",
  unknown: "not known",
};
/** Cells of the widest word. */
const WORD_CELLS = Math.max(...Object.values(WORDS).map((word) => word.length));

interface Layout {
  readonly style: Style;
  readonly columns: number;
}

function paint(status: FindingStatus, style: Style): (text: string) => string {
  if (status === "failure") return style.failure;
  if (status === "warning") return style.severity.MEDIUM;
  return status === "unknown" ? style.dim : (text) => text;
}

/** One paragraph per check, what to do below it, and a line that sums up. */
export function doctorReport(findings: readonly Finding[], { style, columns }: Layout): string[] {
  const indent = " ".repeat(WORD_CELLS + 2);
  const lines = findings.flatMap((finding) => {
    const [first = "", ...rest] = wrap(sanitise(finding.text), columns - indent.length);
    const advice = finding.next === undefined ? [] : wrap(`→ ${sanitise(finding.next)}`, columns - indent.length);
    return [
      `${paint(finding.status, style)(WORDS[finding.status].padEnd(WORD_CELLS))}  ${first}`,
      ...rest.map((line) => indent + line),
      ...advice.map((line) => indent + line),
    ];
  });
  return [...lines, "", ...wrap(summary(findings), columns)];
}

function summary(findings: readonly Finding[]): string {
  const count = (status: FindingStatus): number => findings.filter((finding) => finding.status === status).length;
  const failures = count("failure");
  const warnings = count("warning");
  const unknown = count("unknown");
  const passed = `${counted(count("ok"), "check")} passed${unknown === 0 ? "" : `, ${unknown} not known`}.`;
  if (failures + warnings === 0) return `${unknown === 0 ? "All is well" : "Nothing is wrong"}: ${passed}`;
  const parts = [];
  if (failures > 0) parts.push(counted(failures, "failure"));
  if (warnings > 0) parts.push(counted(warnings, "warning"));
  const again = "After a repair, --since 5m looks at new lines alone.";
  return `${parts.join(" and ")}; ${passed} ${again}`;
}
