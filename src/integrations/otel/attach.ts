import type { Dunetrace } from "../../sdk";
import { OptionsError } from "../../sdk/optionValues";
import { isCallable, property } from "../models/values";
import type { OtelOptions } from "./options";
import { DunetraceSpanProcessor } from "./processor";

/**
 * Adds a `DunetraceSpanProcessor` to a tracer provider that exists, which OpenTelemetry's SDK 1 allows.
 *
 * @throws OptionsError for a provider of SDK 2, naming the line to write instead
 * @example
 * attach(trace.getTracerProvider(), dt, { agentId: "support" });
 */
export function attach(provider: unknown, dt: Dunetrace, options: OtelOptions = {}): DunetraceSpanProcessor {
  const getDelegate = property(provider, "getDelegate");
  const actual: unknown = isCallable(getDelegate) ? Reflect.apply(getDelegate, provider, []) : provider;
  const add = property(actual, "addSpanProcessor");
  if (!isCallable(add)) {
    throw new OptionsError(
      "This tracer provider takes span processors only when it is made. Write: new NodeTracerProvider({ spanProcessors: [new DunetraceSpanProcessor(dt)] })",
    );
  }
  const processor = new DunetraceSpanProcessor(dt, options);
  Reflect.apply(add, actual, [processor]);
  return processor;
}
