/** Between two of our tasks the page paints and hears its reader, ms. */
const TASK_MS = 12;

/**
 * Does long work in short tasks.
 *
 * @param work pauses often
 * @param each gets what the work hands out at its pauses, and its result
 * @returns stops the work
 * @example
 * useEffect(() => inPieces(readRuns(frames), (read) => read && setRead(read)), [frames]);
 */
export function inPieces<Part>(work: Iterator<Part, Part>, each: (part: Part) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const go = (): void => {
    const begun = performance.now();
    for (;;) {
      const { value, done } = work.next();
      if (value !== undefined) each(value);
      if (done === true) return;
      // What was handed out is painted before the work goes on.
      if (value !== undefined || performance.now() - begun > TASK_MS) break;
    }
    timer = setTimeout(go);
  };
  timer = setTimeout(go);
  return () => clearTimeout(timer);
}
