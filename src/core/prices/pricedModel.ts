import type { Micros } from "../wire/line";
import { type PriceList, type Rates, ratesOf } from "./rates";

export interface StartDateConstraint {
  readonly type: "start_date";
  /** `2026-08-17`, UTC. */
  readonly start_date: string;
}
export interface TimeOfDayConstraint {
  readonly type: "time_of_date";
  /** `00:30:00Z` or with an offset; the end is not part of the window, and may lie on the next day. */
  readonly start_time: string;
  readonly end_time: string;
}
/** Prices that hold from a date on, or at some time of the day. */
export interface ConditionalPrices {
  readonly constraint?: StartDateConstraint | TimeOfDayConstraint;
  readonly prices: PriceList;
}

const MICROS_PER_SECOND = 1_000_000;
const SECONDS_PER_DAY = 86_400;
const TIME_OF_DAY = /^(\d{2}):(\d{2}):(\d{2}(?:\.\d+)?)(?:Z|([+-])(\d{2}):(\d{2}))$/;

/** Seconds after midnight UTC, NaN when the text is no time of day. */
function secondsOfDay(text: string): number {
  const match = TIME_OF_DAY.exec(text);
  if (match === null) return Number.NaN;
  const [, hours, minutes, seconds, sign, offsetHours = "0", offsetMinutes = "0"] = match;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60 * (sign === "-" ? -1 : 1);
  const local = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return (((local - offset) % SECONDS_PER_DAY) + SECONDS_PER_DAY) % SECONDS_PER_DAY;
}

/** Prices and when they hold. */
class Period {
  constructor(
    readonly from: Micros,
    /** Seconds of the day. */
    readonly opens: number,
    readonly closes: number,
    readonly rates: Rates | undefined,
  ) {}

  holds(at: Micros): boolean {
    if (!(at >= this.from)) return false;
    const seconds = Math.floor(at / MICROS_PER_SECOND);
    const time = ((seconds % SECONDS_PER_DAY) + SECONDS_PER_DAY) % SECONDS_PER_DAY;
    if (this.closes < this.opens) return time >= this.opens || time < this.closes;
    return time >= this.opens && time < this.closes;
  }
}

function periodOf({ constraint, prices }: ConditionalPrices): Period {
  const rates = ratesOf(prices);
  if (constraint === undefined) return new Period(Number.NEGATIVE_INFINITY, 0, SECONDS_PER_DAY, rates);
  if (constraint.type === "start_date") {
    return new Period(Date.parse(`${constraint.start_date}T00:00:00Z`) * 1000, 0, SECONDS_PER_DAY, rates);
  }
  const opens = secondsOfDay(constraint.start_time);
  return new Period(Number.NEGATIVE_INFINITY, opens, secondsOfDay(constraint.end_time), rates);
}

/** The prices of one model over time. */
export class PricedModel {
  readonly #periods: readonly Period[];
  readonly #first: Rates | undefined;
  readonly #current: Rates | undefined;

  /**
   * @param prices in the order of genai-prices: the last one that holds at a time counts, the first where none does
   * @param current what holds now, for calls of an unknown time
   */
  constructor(prices: readonly ConditionalPrices[], current: PriceList) {
    this.#periods = prices.map(periodOf).reverse();
    this.#first = this.#periods.at(-1)?.rates;
    this.#current = ratesOf(current);
  }

  /** Whether it has a price for tokens at some time. */
  get priced(): boolean {
    return this.#current !== undefined || this.#periods.some((period) => period.rates !== undefined);
  }

  ratesAt(at: Micros | undefined): Rates | undefined {
    if (at === undefined || Number.isNaN(at)) return this.#current;
    for (const period of this.#periods) if (period.holds(at)) return period.rates;
    return this.#first;
  }
}
