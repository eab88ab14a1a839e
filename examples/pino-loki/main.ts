import { once } from "node:events";
import { Dunetrace } from "dunetrace-grafana";
import { pinoLokiOptions, withLineTime } from "dunetrace-grafana/pino";
import { pinoLoki } from "pino-loki";
import { startLokiServer } from "./lokiServer";

const loki = await startLokiServer();
const stream = pinoLoki(pinoLokiOptions({ host: loki.url, labels: { cluster: "eu" } }));
const dt = new Dunetrace({ logger: withLineTime(stream) });

const search = dt.tool(async (query: string) => (query === "" ? ["about:blank"] : []), { name: "web_search" });
await dt.run("museum-guide", { userInput: "When does the button museum open?" }, async () => {
  for (let attempt = 0; attempt < 4; attempt++) await search("button museum opening hours");
});

await dt.shutdown();
// What still waits is pushed when the stream ends.
const closed = once(stream, "close");
stream.end();
await closed;
console.error([...loki.streams].join("\n"));
await loki.close();
