/**
 * Hosts of model providers and the names OpenTelemetry (gen_ai.provider.name), or where it has none the price table, has
 * for them. A host stands for its subdomains too.
 */
const PROVIDERS: readonly (readonly [host: RegExp, provider: string])[] = [
  [/^(.+\.)?api\.openai\.com$/, "openai"],
  [/^.+\.openai\.azure\.com$/, "azure.ai.openai"],
  [/^.+\.(cognitiveservices|services\.ai)\.azure\.com$/, "azure.ai.openai"],
  [/^api\.anthropic\.com$/, "anthropic"],
  [/^bedrock-(runtime|mantle)\..+$/, "aws.bedrock"],
  [/^(.+-)?aiplatform\.googleapis\.com$/, "gcp.vertex_ai"],
  [/^generativelanguage\.googleapis\.com$/, "gcp.gen_ai"],
  [/^api\.mistral\.ai$/, "mistral"],
  [/^api\.groq\.com$/, "groq"],
  [/^api\.deepseek\.com$/, "deepseek"],
  [/^api\.x\.ai$/, "x_ai"],
  [/^api\.cohere\.(com|ai)$/, "cohere"],
  [/^api\.perplexity\.ai$/, "perplexity"],
  [/^api\.together\.(xyz|ai)$/, "together"],
  [/^api\.fireworks\.ai$/, "fireworks"],
  [/^api\.cerebras\.ai$/, "cerebras"],
  [/^openrouter\.ai$/, "openrouter"],
];

/** The provider whose API a host serves; undefined for proxies, gateways and local servers, whose provider is unknown. */
export function providerOfHost(host: string): string | undefined {
  const name = host.toLowerCase();
  return PROVIDERS.find(([pattern]) => pattern.test(name))?.[1];
}

/** The provider behind a base URL. */
export function providerOfUrl(url: unknown): string | undefined {
  if (typeof url !== "string" || !URL.canParse(url)) return undefined;
  return providerOfHost(new URL(url).hostname);
}
