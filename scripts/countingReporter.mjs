// @ts-check
import { writeFileSync } from "node:fs";

/**
 * What a run of the tests came to.
 *
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed tests that failed, and files and hooks that broke outside a test
 * @property {string[]} skipped full names of the tests that were skipped, each with the reason where one was given
 */

/**
 * A reporter of vitest: counts the tests of a run and writes the {@link Counts} as JSON to the file that
 * TEST_COUNTS_FILE names.
 */
export default class CountingReporter {
  /**
   * @param {ReadonlyArray<import("vitest/node").TestModule>} modules
   * @param {ReadonlyArray<unknown>} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const file = process.env.TEST_COUNTS_FILE;
    if (file === undefined) throw new Error("TEST_COUNTS_FILE is not set: run the tests with `npm test`");
    writeFileSync(file, JSON.stringify(countTests(modules, unhandledErrors)));
  }
}

/**
 * @param {ReadonlyArray<import("vitest/node").TestModule>} modules
 * @param {ReadonlyArray<unknown>} unhandledErrors
 * @returns {Counts}
 */
export function countTests(modules, unhandledErrors) {
  let passed = 0;
  let failed = unhandledErrors.length;
  /** @type {string[]} */
  const skipped = [];
  for (const module of modules) {
    failed += module.errors().length;
    for (const suite of module.children.allSuites()) failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === "passed") passed++;
      else if (result.state === "failed") failed++;
      else {
        const reason = result.state === "skipped" && result.note !== undefined ? `: ${result.note}` : "";
        skipped.push(`${module.relativeModuleId} > ${test.fullName}${reason}`);
      }
    }
  }
  return { passed, failed, skipped };
}
