/** Where text goes: stdout or stderr. */
export interface Output {
  readonly isTTY: boolean;
  /** Size in cells, undefined when it is no terminal. */
  readonly columns: number | undefined;
  readonly rows: number | undefined;
  /**
   * Resolves when more may be written.
   *
   * @throws OutputClosedError when nobody reads any more
   */
  write(text: string): Promise<void>;
  /** Calls back after the terminal changed its size, until the returned function is called. */
  onResize(listener: () => void): () => void;
}

/** Keys pressed at the terminal, one element per key or escape sequence. */
export interface Keyboard extends AsyncIterable<string> {
  close(): void;
}

/** Bytes that come in, such as stdin. */
export interface Input extends AsyncIterable<Uint8Array> {
  readonly isTTY: boolean;
  /** Stops reading: the iteration ends. */
  close(): void;
}

/** Everything a command may touch of the process, so that tests run commands in process. */
export interface Io {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths are meant from here. */
  readonly cwd: string;
  /** Wall clock, ms since the epoch. */
  now(): number;
  /** Calls back every `ms` until the returned function is called. */
  every(ms: number, callback: () => void): () => void;
  /** Calls back on the first interrupt (SIGINT, SIGTERM) until the returned function is called. */
  onInterrupt(callback: () => void): () => void;
  /** The terminal's keys, even while stdin is a pipe; undefined without a terminal. */
  openKeyboard(): Keyboard | undefined;
  /** Shows an address in the browser of the desktop, where there is one; false when there is none. */
  openBrowser(url: string): boolean;
  /** What the process ends with: 0 fine, 1 findings (`check` and `doctor`), 2 wrong use or unreadable input. */
  exitCode: number;
}
