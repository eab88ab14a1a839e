import { trace } from "@opentelemetry/api";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { Dunetrace, OptionsError } from "dunetrace-grafana";
import { attach } from "dunetrace-grafana/otel";
import { MuseumGuide } from "../shared/tracedAgent";
import { OpenTracerProvider } from "./telemetry";

const provider = new OpenTracerProvider();
trace.setGlobalTracerProvider(provider);

// Elsewhere in the program, where nothing is known of how the provider was made:
const dt = new Dunetrace({ emitAsJson: true });
attach(trace.getTracerProvider(), dt, { agentId: "museum-guide" });
new MuseumGuide(trace.getTracer("museum")).ask("When does the button museum open?");

// A provider of SDK 2 takes no processor any more. The error has the line to write.
try {
  attach(new BasicTracerProvider(), dt);
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(error.message);
}
await provider.shutdown();
await dt.shutdown();
