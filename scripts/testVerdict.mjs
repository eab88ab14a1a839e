// @ts-check
/** @typedef {import("./countingReporter.mjs").Counts} Counts */

/**
 * How a run of the test runner ended.
 *
 * @typedef {object} Outcome
 * @property {number} exitCode of the test runner
 * @property {string} counts JSON of {@link Counts}; "" when the runner ended before it could count
 */

/**
 * What to report of a run. Whatever the runner calls a failure counts as at least one, and so does a run without any
 * test; in CI a skipped test is a failure too, because CI has all that the tests need.
 *
 * @param {Outcome} outcome
 * @param {boolean} inCi
 * @returns {Counts & { remarks: string[] }} with lines to print before the closing line
 */
export function verdict(outcome, inCi) {
  /** @type {Counts} */
  const counts = outcome.counts === "" ? { passed: 0, failed: 0, skipped: [] } : JSON.parse(outcome.counts);
  let { failed } = counts;
  /** @type {string[]} */
  const remarks = counts.skipped.length === 0 ? [] : ["Skipped:", ...counts.skipped.map((name) => `  ${name}`)];
  if (inCi && counts.skipped.length > 0) {
    remarks.push("In CI nothing may be skipped: let .ci/run install what these tests miss. They count as failed.");
    failed += counts.skipped.length;
  }
  if (failed === 0 && (outcome.exitCode !== 0 || counts.passed === 0)) {
    remarks.push(
      outcome.exitCode !== 0
        ? `The test runner ended with exit code ${outcome.exitCode}, see above; this counts as one failure.`
        : "No test ran: check the names given after `npm test --`; this counts as one failure.",
    );
    failed = 1;
  }
  return { passed: counts.passed, failed, skipped: inCi ? [] : counts.skipped, remarks };
}

/**
 * @param {Counts} counts
 * @returns {string} `N passed, N failed`, with `, N skipped` where tests were skipped
 */
export function closingLine({ passed, failed, skipped }) {
  const line = `${passed} passed, ${failed} failed`;
  return skipped.length > 0 ? `${line}, ${skipped.length} skipped` : line;
}
