import type { TakeLine } from "../input/lineReader";
import type { InputFile } from "../input/open";

/** Something to tell that is no run and no signal. */
export interface Notice {
  readonly text: string;
  /** What was wrong is no more. */
  readonly isOver?: boolean;
}

export interface InputHooks {
  readonly take: TakeLine;
  /** Called after every chunk, so that what it changed is shown before the next is read. */
  readonly after: () => Promise<void>;
  readonly notify: (notice: Notice) => void;
}

/** Where lines come from. */
export interface Inputs {
  /** They never end. */
  readonly isEndless: boolean;
  /** Files that are not there yet. */
  readonly missing: readonly InputFile[];
  /** Takes what comes by itself, until it ends. */
  readToEnd(): Promise<void>;
  /** Takes what is new where somebody has to look. */
  poll(): Promise<void>;
  /** Ends `readToEnd` soon. */
  stop(): void;
  /** Once nothing is read any more. */
  close(): Promise<void>;
}

export type OpenInputs = (hooks: InputHooks) => Inputs;
