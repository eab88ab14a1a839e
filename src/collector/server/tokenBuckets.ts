export interface BucketOptions {
  /** What a bucket holds: so many may come at once. */
  readonly burst: number;
  /** How fast a bucket fills again. */
  readonly perSecond: number;
  /** Time that only goes forward, ms. */
  readonly clock: () => number;
  /** Buckets that are kept; the one asked least lately makes room. Default: 10,000. */
  readonly most?: number | undefined;
}

interface Bucket {
  left: number;
  at: number;
}

/**
 * A token bucket for each of many names, in bounded memory.
 *
 * @example
 * const buckets = new TokenBuckets({ burst: 20, perSecond: 1, clock: () => performance.now() });
 * if (!buckets.take(address)) wait(buckets.wait(address));
 */
export class TokenBuckets {
  readonly #options: BucketOptions;
  readonly #most: number;
  /** Those asked least lately first. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(options: BucketOptions) {
    this.#options = options;
    this.#most = options.most ?? 10_000;
  }

  get size(): number {
    return this.#buckets.size;
  }

  /** Takes one. @returns false when there is none */
  take(name: string): boolean {
    const bucket = this.#filled(name);
    if (bucket.left < 1) return false;
    bucket.left--;
    return true;
  }

  /** How long until there is one to take, s; 0 where there is. */
  wait(name: string): number {
    return Math.max(0, 1 - this.#filled(name).left) / this.#options.perSecond;
  }

  #filled(name: string): Bucket {
    const { burst, perSecond, clock } = this.#options;
    const now = clock();
    let bucket = this.#buckets.get(name);
    if (bucket === undefined) {
      bucket = { left: burst, at: now };
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined && this.#buckets.size >= this.#most) this.#buckets.delete(oldest);
    } else {
      this.#buckets.delete(name);
      bucket.left = Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * perSecond);
      bucket.at = now;
    }
    this.#buckets.set(name, bucket);
    return bucket;
  }
}
