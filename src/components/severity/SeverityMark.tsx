import type { ReactNode } from "react";
import type { Severity } from "../../core/wire";

/** The shape of a severity, so that its colour never stands alone: diamond, disc, ring, square. 12 px, drawn in `fill`. */
export function SeverityMark({
  severity,
  fill,
  size = 12,
}: {
  readonly severity: Severity;
  readonly fill: string;
  readonly size?: number;
}) {
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true" style={{ flex: "none" }}>
      {shapeOf(severity, fill)}
    </svg>
  );
}

function shapeOf(severity: Severity, fill: string): ReactNode {
  switch (severity) {
    case "CRITICAL":
      return <path d="M6 0 12 6 6 12 0 6Z" fill={fill} />;
    case "HIGH":
      return <circle cx={6} cy={6} r={5} fill={fill} />;
    case "MEDIUM":
      return <circle cx={6} cy={6} r={4} fill="none" stroke={fill} strokeWidth={2.5} />;
    case "LOW":
      return <rect x={2} y={2} width={8} height={8} fill="none" stroke={fill} strokeWidth={1.5} />;
  }
}
