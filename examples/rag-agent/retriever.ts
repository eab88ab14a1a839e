/** What a search found. */
export interface Found {
  readonly texts: readonly string[];
  /** Share of the words of the question that the best text has; null when nothing was found. */
  readonly topScore: number | null;
}

const HANDBOOK = [
  "Vacation has to be requested two weeks ahead.",
  "Travel costs are paid back within a month.",
  "The kitchen is cleaned by whoever used it last.",
  "Remote work is possible three days a week.",
];
/** Texts that share less with the question are left out. */
const LEAST_SCORE = 0.3;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z]{4,}/g) ?? [];

/** Finds sentences of the handbook that share words with the question. */
export function search(question: string): Found {
  const wanted = wordsOf(question);
  const scored = HANDBOOK.map((text) => {
    const words = wordsOf(text);
    return { text, score: wanted.filter((word) => words.includes(word)).length / wanted.length };
  });
  const found = scored.filter(({ score }) => score >= LEAST_SCORE).sort((a, b) => b.score - a.score);
  return { texts: found.map(({ text }) => text), topScore: found[0]?.score ?? null };
}
