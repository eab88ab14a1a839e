// @ts-check
// `npm test`: builds the library, which the tests of the packed package and of the command line need, then runs every
// test. Its last line is the count of tests. Arguments go to vitest: `npm test -- src/core -t "pairs answers"`.
import { ensureLibrary } from "./library.mjs";
import { runTests } from "./testRun.mjs";
import { closingLine, verdict } from "./testVerdict.mjs";

const outcome = (await ensureLibrary()) ? await runTests(process.argv.slice(2)) : { exitCode: 1, counts: "" };
const result = verdict(outcome, process.env.CI === "true");
console.log(`Ran on Node ${process.version}; \`npm run matrix\` runs the package and the SDK on the other versions.`);
for (const remark of result.remarks) console.log(remark);
console.log(closingLine(result));
process.exitCode = result.failed === 0 ? 0 : 1;
