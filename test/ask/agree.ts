import { historyAgrees } from "./agreeHistory";
import { runsAgree } from "./agreeRun";
import { sumsAgree } from "./agreeSums";
import { verdictsAgree } from "./agreeVerdicts";
import { type Fill, World } from "./world";

/** All answers against a Loki are what the command line says of the same lines. */
export function answersAgree(fill: Fill): void {
  const world = new World(fill);
  verdictsAgree(world);
  runsAgree(world);
  sumsAgree(world);
  historyAgrees(world);
}
