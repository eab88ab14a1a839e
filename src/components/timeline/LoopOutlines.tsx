import { useTheme2 } from "@grafana/ui";
import type { Step } from "../../core/run";
import { severityColours } from "../severity";
import { STRIP } from "./laneSize";
import { type LoopOutline, loopLabel } from "./loops";
import { scaleOf, type TimeWindow } from "./window";

const CHARACTER = 6.4;
/** Labels of a lane beyond these would hardly be read. */
const MAX_LABELS = 12;

interface LoopOutlinesProps {
  readonly loops: readonly LoopOutline[];
  readonly steps: readonly Step[];
  readonly window: TimeWindow;
  readonly width: number;
  readonly height: number;
}

/** Dashed outlines around loops, with what their calls have in common below, where there is room. */
export function LoopOutlines({ loops, steps, window, width, height }: LoopOutlinesProps) {
  const theme = useTheme2();
  const { fill, text } = severityColours(theme, "HIGH");
  const scale = scaleOf(window, width);
  let taken = 0;
  let shown = 0;
  let last = Number.NEGATIVE_INFINITY;
  return loops.flatMap(({ start, end, loop }) => {
    const [left, right] = [scale(start) - 5, scale(end) + 5];
    // Outlines that share their pixels are one.
    if (right < 0 || left > width || right < last + 4) return [];
    last = right;
    const from = Math.max(left, 1);
    const to = Math.min(right, width - 1);
    let label: { readonly x: number; readonly words: string } | undefined;
    if (shown < MAX_LABELS && from >= taken) {
      const words = loopLabel(loop, steps);
      const size = words.length * CHARACTER;
      const x = Math.max(0, Math.min(from + 2, width - size));
      if (x >= taken) {
        label = { x, words };
        taken = x + size + 12;
        shown++;
      }
    }
    return (
      <g key={`${start} ${end}`}>
        <rect
          x={from}
          y={2}
          width={Math.max(2, to - from)}
          height={height - STRIP - 4}
          rx={4}
          fill={fill}
          fillOpacity={0.07}
          stroke={fill}
          strokeWidth={1.5}
          strokeDasharray="5 3"
        />
        {label !== undefined && (
          <text x={label.x} y={height - STRIP / 2} dominantBaseline="central" fontSize={11} fill={text}>
            {label.words}
          </text>
        )}
      </g>
    );
  });
}
