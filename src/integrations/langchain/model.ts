import type { LlmCallOptions } from "../../sdk";
import { property, propertyAt } from "../models/values";

/** LangChain's names of providers (`ls_provider`) where OpenTelemetry (gen_ai.provider.name) has others. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ["azure", "azure.ai.openai"],
  ["azure_openai", "azure.ai.openai"],
  ["amazon_bedrock", "aws.bedrock"],
  ["google_genai", "gcp.gen_ai"],
  ["google_vertexai", "gcp.vertex_ai"],
  ["mistralai", "mistral"],
  ["xai", "x_ai"],
]);
/** Names of providers; what is written like a class is one. */
const PROVIDER = /^[a-z][a-z0-9_.-]{0,63}$/;

/** What is known of a model call when it starts. */
export interface ModelStart extends LlmCallOptions {
  readonly model: string | undefined;
}

const firstName = (values: readonly unknown[]): string | undefined =>
  values.find((value): value is string => typeof value === "string" && value !== "");

/**
 * Reads which model is called.
 *
 * @param extraParams what LangChain tells of the call: `invocation_params` and `options`
 */
export function modelStartOf(extraParams: unknown, metadata: unknown): ModelStart {
  const params = property(extraParams, "invocation_params");
  const model = firstName([
    property(params, "model"),
    property(params, "model_name"),
    property(params, "modelName"),
    property(params, "model_id"),
    property(params, "modelId"),
    property(params, "deployment_name"),
    property(metadata, "ls_model_name"),
  ]);
  const streaming = property(params, "stream") === true || propertyAt(extraParams, ["options", "stream"]) === true;
  return { model, provider: providerOf(property(metadata, "ls_provider")), streaming: streaming ? true : undefined };
}

function providerOf(name: unknown): string | undefined {
  if (typeof name !== "string" || !PROVIDER.test(name)) return undefined;
  return PROVIDERS.get(name) ?? name;
}
