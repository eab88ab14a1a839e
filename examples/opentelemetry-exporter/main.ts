import { BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { Dunetrace } from "dunetrace-grafana";
import { exportRuns } from "dunetrace-grafana/otel";
import { NamesExporter } from "./namesExporter";

const dt = new Dunetrace({ emitAsJson: true });
const processor = new BatchSpanProcessor(new NamesExporter());
exportRuns(dt, processor, { serviceName: "museum" });

/** This museum has no web page, so every search for it comes back empty. */
const webSearch = dt.tool(async (query: string): Promise<string[]> => (query === "" ? ["about:blank"] : []), {
  name: "web_search",
});

await dt.run("museum-guide", { userInput: "When does the button museum open?" }, async (run) => {
  for (let attempt = 0; attempt < 5; attempt++) {
    run.llmCalled("gpt-4o-mini", { provider: "openai" }).responded({
      promptTokens: 60 + 25 * attempt,
      completionTokens: 16,
      finishReason: "tool_calls",
    });
    await webSearch("button museum opening hours");
  }
  return "I could not find out.";
});
await dt.shutdown();
await processor.shutdown();
