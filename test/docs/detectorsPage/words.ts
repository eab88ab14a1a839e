/** What stands above the sections. */
export const INTRO = `# What does each detector look for?

A detector is a rule over the facts of one run: counts, times, sizes and hashes compared, never content. The same rule runs in the
SDK, in readers and as LogQL, and tests compare all three. This page is written from the modules by \`npm run docs\`; a test
fails when they differ. Which detectors tell failed runs from successful ones is in [precision.md](precision.md).

**Severity.** Each detector has tiers; the first that holds is the severity. LOW is recorded and shown in the run, and left out of
counts, rates and alerts unless asked for. Two things raise a loop, a retry storm or a cascade afterwards: 8 calls of one tool
of which 90 % have the same arguments make it CRITICAL, 5 failed calls at the end of the run at least HIGH.

**Confidence.** Where a number is compared with a threshold: 0.5 when it is just reached, 0.9 at twice of it, 1 from 2.25 times on.
Several signals of MEDIUM or above on one run raise each other's (× 1.15, 1.3, 1.4 for two, three, four or more, 1 at most).

**No data** is not "clear": what the rule needs was not on the lines. Listings and the run's facts say what was missing.

**Live, provisional, final.** Judged after every event, a signal of MEDIUM or above is written when it first holds and when its
severity rises (\`phase: live\`); \`provisional: true\` says that later events can take it back. At the end of the run every
signal of the verdict is written once (\`phase: final\`): rates count those. The final verdict stands.

**Shadow.** \`shadow: true\` records a detector's signals without counting or alerting them. Every detector can be set so.

**Thresholds** are in \`detectors.yml\`: a section \`default:\` for all agents, and sections named by an agent's id that override single
keys. The values in the conditions below are the defaults.

\`\`\`yaml
default:
  tool_loop:
    threshold: 4
support-bot:
  slow_step:
    tool_ms: 40000
  failure_share:
    shadow: false
\`\`\`

**Baselines.** Some rules compare with what is usual: the 75th percentile (P75) over the completed runs of 7 days of the same agent
and version, or of the agent where the version has fewer than 20. \`dunetrace baselines\` computes them.

**The queries** are for lines that carry facts, all agents, default thresholds. Each returns the terminal lines of the runs that
fire, so it can be pasted into Grafana's Explore. How to try another threshold is in [what-if.md](what-if.md), which detectors
work on the events of producers without facts in [raw-queries.md](raw-queries.md).`;

export const FACTS_HEADING = `## The facts

They are on the terminal line of each run as \`payload.facts\`, with \`payload.facts_v\`. A fact that cannot be known is absent.
"Action" is a tool call or a retrieval; a "turn" lies between two user inputs.`;
