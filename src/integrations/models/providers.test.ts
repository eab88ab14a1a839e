import { describe, expect, it } from "vitest";
import { providerOfHost, providerOfUrl } from "./providers";

describe("the provider of a host", () => {
  it.each([
    ["api.openai.com", "openai"],
    ["eu.api.openai.com", "openai"],
    ["my-company.openai.azure.com", "azure.ai.openai"],
    ["API.Anthropic.com", "anthropic"],
    ["bedrock-runtime.us-east-1.amazonaws.com", "aws.bedrock"],
    ["us-central1-aiplatform.googleapis.com", "gcp.vertex_ai"],
    ["openrouter.ai", "openrouter"],
    ["api.openai.com.example.org", undefined],
    ["notapi.openai.community", undefined],
    ["localhost", undefined],
  ])("%s is %s", (host, provider) => {
    expect(providerOfHost(host)).toBe(provider);
  });

  it.each([
    ["https://api.groq.com/openai/v1", "groq"],
    ["http://localhost:4000/v1", undefined],
    ["no address", undefined],
    [undefined, undefined],
  ])("of %s is %s", (url, provider) => {
    expect(providerOfUrl(url)).toBe(provider);
  });
});
