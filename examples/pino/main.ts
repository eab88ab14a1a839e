import { Dunetrace } from "dunetrace-grafana";
import pino from "pino";

// Everything of the process goes to stdout in one go: lines of the application and lines of runs.
const logger = pino(pino.destination({ fd: 1, sync: true }));
const dt = new Dunetrace({ logger });

logger.info("The desk opens.");
const search = dt.tool(async (query: string) => (query === "" ? ["about:blank"] : []), { name: "web_search" });
await dt.run("museum-guide", { userInput: "When does the button museum open?" }, async () => {
  for (let attempt = 0; attempt < 4; attempt++) {
    await search("button museum opening hours");
    logger.warn({ attempt }, "Nothing found.");
  }
});
logger.info("The desk closes.");
await dt.shutdown();
