import { useEffect, useRef } from "react";
import type { QuestionKind, QuestionOf, TimeSpan } from "../../logql/ask";
import { type Asked, restAfter, useAsk, useEnvironment, useParams, useTimeRange } from "../environment";

/** What is counted over a long time hardly changes by itself, ms. */
const QUIET_MS = 30_000;

/**
 * Asks what counts over the whole range: again when there is news and now and then, rather than every
 * `pollMs`, and not at once after answers that took long.
 *
 * @param news changes when something new was seen
 */
export function useAskOnNews<K extends QuestionKind>(
  kind: K,
  question: (span: TimeSpan) => QuestionOf<K> | undefined,
  news: string,
): Asked<K> {
  const asked = useAsk(kind, question, { once: true });
  const { raw } = useTimeRange();
  const [{ refresh }] = useParams();
  const isLive = raw.to.includes("now") && refresh !== "off";
  const { again } = asked;
  const { now } = useEnvironment();
  const began = useRef<number | undefined>(undefined);
  const restsUntil = useRef(0);
  useEffect(() => {
    if (asked.busy) began.current ??= now();
    else if (began.current !== undefined) {
      restsUntil.current = now() + restAfter(now() - began.current, 0);
      began.current = undefined;
    }
  }, [asked.busy, now]);
  const seen = useRef(news);
  useEffect(() => {
    if (!isLive || seen.current === news) return undefined;
    const timer = setTimeout(
      () => {
        seen.current = news;
        again();
      },
      Math.max(0, restsUntil.current - now()),
    );
    return () => clearTimeout(timer);
  }, [news, isLive, again, now]);
  useEffect(() => {
    if (!isLive) return undefined;
    const timer = setInterval(again, QUIET_MS);
    return () => clearInterval(timer);
  }, [isLive, again]);
  return asked;
}
