import { useTheme2 } from "@grafana/ui";
import { sparklinePoints } from "./sparklinePoints";

export interface SparklineProps {
  /** Values at equal distances, oldest first; gaps are NaN. */
  readonly points: readonly number[];
  /** What it shows, for those who cannot see it: "Average duration, 12 s to 40 s". */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
  readonly colour?: string;
}

/** A line as high as a word. */
export function Sparkline({ points, label, width = 80, height = 20, colour }: SparklineProps) {
  const theme = useTheme2();
  const line = sparklinePoints(points, width - 2, height - 4);
  return (
    <svg width={width} height={height} role="img" aria-label={label} style={{ flex: "none", verticalAlign: "middle" }}>
      <title>{label}</title>
      <polyline
        points={line}
        transform="translate(1 2)"
        fill="none"
        stroke={colour ?? theme.colors.text.secondary}
        strokeWidth={1.5}
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
