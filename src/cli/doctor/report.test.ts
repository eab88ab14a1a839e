import { expect, it } from "vitest";
import { PLAIN } from "../output/style";
import { failure, ok, unknown, warning } from "./finding";
import { doctorReport } from "./report";

const layout = { style: PLAIN, columns: 60 };

it("puts what to do below what was seen, and sums up", () => {
  const findings = [
    ok("connection", "Loki 3.7.8 at http://localhost:3100 answers."),
    failure(
      "last_line",
      "No line of ours in the last 24 h.",
      "See that the agent writes lines, and that the shipper reads them.",
    ),
    warning("clock", "a is ahead.", "Synchronise the clocks."),
  ];
  expect(doctorReport(findings, layout)).toEqual([
    "ok         Loki 3.7.8 at http://localhost:3100 answers.",
    "FAILURE    No line of ours in the last 24 h.",
    "           → See that the agent writes lines, and that the",
    "           shipper reads them.",
    "WARNING    a is ahead.",
    "           → Synchronise the clocks.",
    "",
    "1 failure and 1 warning; 1 check passed. After a repair,",
    "--since 5m looks at new lines alone.",
  ]);
  expect(doctorReport([ok("a", "b")], layout).at(-1)).toBe("All is well: 1 check passed.");
});

it("counts what is not known", () => {
  const open = unknown("shipping", "Not measured.", "Name a file.");
  expect(doctorReport([ok("a", "b"), open, open], layout).at(-1)).toBe(
    "Nothing is wrong: 1 check passed, 2 not known.",
  );
  const findings = [failure("a", "b", "c"), ok("d", "e"), open];
  expect(doctorReport(findings, layout).slice(-2)).toEqual([
    "1 failure; 1 check passed, 1 not known. After a repair,",
    "--since 5m looks at new lines alone.",
  ]);
});

it("shows no control characters of labels", () => {
  expect(doctorReport([ok("labels", "agent \u001b[31mred")], layout).join("\n")).not.toContain("\u001b");
});
