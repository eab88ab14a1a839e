import type { CallUsage } from "./prices";

/** Another price from a number of prompt tokens on; it then holds for all tokens of the call, not only those above. */
interface Tier {
  /** The tier holds for prompts of more tokens than this. */
  readonly start: number;
  readonly price: number;
}

/** One price; per million tokens, or per thousand requests. */
export class Rate {
  constructor(
    readonly base: number,
    readonly tiers: readonly Tier[],
  ) {}

  at(promptTokens: number): number {
    let price = this.base;
    for (const tier of this.tiers) if (promptTokens > tier.start) price = tier.price;
    return price;
  }
}

/** What one call is charged by. Tokens without a rate of their own are charged as the kind they are part of. */
export class Rates {
  constructor(
    readonly input: Rate | undefined,
    readonly output: Rate | undefined,
    readonly cacheRead: Rate | undefined,
    readonly cacheWrite: Rate | undefined,
    readonly reasoning: Rate | undefined,
    readonly request: Rate | undefined,
  ) {}

  /** USD of one call, rounded to 1e-10; undefined when the usage says nothing. */
  cost(usage: CallUsage): number | undefined {
    const prompt = known(usage.prompt_tokens);
    const completion = known(usage.completion_tokens);
    const read = known(usage.cache_read_tokens);
    const write = known(usage.cache_write_tokens);
    const reasoning = known(usage.reasoning_tokens);
    if (prompt < 0 && completion < 0 && read < 0 && write < 0 && reasoning < 0) return undefined;
    // Parts are parts: where a provider counts them beside the whole, the whole is at least their sum.
    const input = Math.max(prompt, Math.max(read, 0) + Math.max(write, 0));
    const output = Math.max(completion, reasoning, 0);
    let usd = 0;
    let uncached = input;
    if (this.cacheRead !== undefined && read > 0) {
      usd += this.cacheRead.at(input) * read;
      uncached -= read;
    }
    if (this.cacheWrite !== undefined && write > 0) {
      usd += this.cacheWrite.at(input) * write;
      uncached -= write;
    }
    let text = output;
    if (this.reasoning !== undefined && reasoning > 0) {
      usd += this.reasoning.at(input) * reasoning;
      text -= reasoning;
    }
    if (this.input !== undefined) usd += this.input.at(input) * uncached;
    if (this.output !== undefined) usd += this.output.at(input) * text;
    usd /= PER_MILLION;
    if (this.request !== undefined) usd += this.request.base / PER_THOUSAND;
    // Counts and prices of absurd size are no cost.
    return usd < Number.POSITIVE_INFINITY ? roundUsd(usd) : undefined;
  }
}

const PER_MILLION = 1_000_000;
const PER_THOUSAND = 1_000;

/** The count, or -1 where it is unknown or no count. */
function known(tokens: number | undefined): number {
  return tokens !== undefined && tokens >= 0 && tokens < Number.POSITIVE_INFINITY ? tokens : -1;
}

/** Ten decimals: below a millionth of a cent, above the noise of binary fractions. */
export function roundUsd(usd: number): number {
  return Math.round(usd * 1e10) / 1e10;
}

export interface TieredPrice {
  readonly base: number;
  readonly tiers: readonly Tier[];
}
/** What genai-prices lists for a model: USD by `<usage>_<unit>`, such as `input_mtok` for a million prompt tokens. */
export type PriceList = Readonly<Record<string, number | TieredPrice | undefined>>;

/** A plain rate in USD: per million tokens, or per thousand requests. */
export function flatRate(price: number): Rate {
  return new Rate(price, []);
}

function rateOf(price: number | TieredPrice | undefined): Rate | undefined {
  if (price === undefined || typeof price === "number") return price === undefined ? undefined : flatRate(price);
  return new Rate(
    price.base,
    [...price.tiers].sort((a, b) => a.start - b.start),
  );
}

/**
 * Compiles a price list of text models. Undefined when it names no price for tokens: a list of audio or page prices says
 * nothing about them.
 */
export function ratesOf(list: PriceList): Rates | undefined {
  const input = rateOf(list.input_mtok);
  const output = rateOf(list.output_mtok);
  if (input === undefined && output === undefined) return undefined;
  return new Rates(
    input,
    output,
    rateOf(list.cache_read_mtok),
    rateOf(list.cache_write_mtok),
    rateOf(list.output_reasoning_mtok),
    rateOf(list.requests_kcount),
  );
}
