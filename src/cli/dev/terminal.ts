import type { Io } from "../io";
import { truncateStyled } from "../output/width";
import type { Size } from "./screen";

const ESCAPE = "\u001b";
const ENTER = `${ESCAPE}[?1049h${ESCAPE}[?25l`;
const LEAVE = `${ESCAPE}[?25h${ESCAPE}[?1049l`;
const HOME = `${ESCAPE}[H`;
const CLEAR_TO_LINE_END = `${ESCAPE}[K`;
const CLEAR_BELOW = `${ESCAPE}[J`;

/** The whole terminal, on its second screen, so that what was there before comes back afterwards. */
export class Terminal {
  readonly #io: Io;
  #shown = "";

  constructor(io: Io) {
    this.#io = io;
  }

  get size(): Size {
    return { columns: this.#io.stdout.columns ?? 80, rows: this.#io.stdout.rows ?? 24 };
  }

  async enter(): Promise<void> {
    await this.#io.stdout.write(ENTER);
  }

  /** Draws a frame, only when it differs from the last. */
  async draw(lines: readonly string[]): Promise<void> {
    const { columns } = this.size;
    const frame = lines.map((line) => truncateStyled(line, columns) + CLEAR_TO_LINE_END).join("\r\n");
    if (frame === this.#shown) return;
    this.#shown = frame;
    await this.#io.stdout.write(HOME + frame + CLEAR_BELOW);
  }

  /** The next frame is drawn whole: the terminal changed its size. */
  forget(): void {
    this.#shown = "";
  }

  async leave(): Promise<void> {
    await this.#io.stdout.write(LEAVE);
  }
}
