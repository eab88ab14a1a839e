import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { Dunetrace } from "dunetrace-grafana";
import { DunetraceSpanProcessor } from "dunetrace-grafana/otel";
import { MuseumGuide } from "../shared/tracedAgent";

const dt = new Dunetrace({ emitAsJson: true });
// Your own processors, such as a BatchSpanProcessor with an exporter, stay beside it. Servers take NodeTracerProvider.
const provider = new BasicTracerProvider({ spanProcessors: [new DunetraceSpanProcessor(dt)] });

const agent = new MuseumGuide(provider.getTracer("museum"));
agent.ask("When does the button museum open?");
await provider.shutdown();
await dt.shutdown();
