import type { ViewEnvironment } from "../components/environment";

/** How an agent sends its lines here. */
export function firstStepsOf(base: string): ViewEnvironment["firstSteps"] {
  return {
    text: "Let an agent send its lines here: give the SDK this address as its endpoint.",
    command: `import { Dunetrace } from "dunetrace-grafana";
const dt = new Dunetrace({ endpoint: "${new URL(base).origin}" });`,
  };
}
