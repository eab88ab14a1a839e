import { useEffect, useRef } from "react";
import type { QuestionKind, QuestionOf, TimeSpan } from "../../logql/ask";
import { type Asked, useAsk, useParams, useTimeRange } from "../environment";

/** What is counted over a long time hardly changes by itself, ms. */
const QUIET_MS = 30_000;

/**
 * Asks what counts over the whole range: again when there is news and now and then, rather than every `pollMs`.
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
  const seen = useRef(news);
  useEffect(() => {
    if (!isLive || seen.current === news) return;
    seen.current = news;
    again();
  }, [news, isLive, again]);
  useEffect(() => {
    if (!isLive) return undefined;
    const timer = setInterval(again, QUIET_MS);
    return () => clearInterval(timer);
  }, [isLive, again]);
  return asked;
}
