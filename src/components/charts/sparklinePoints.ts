/** Where the points of a sparkline lie, as the `points` of an SVG polyline: the smallest value at the bottom line. */
export function sparklinePoints(points: readonly number[], width: number, height: number): string {
  const known = points.filter(Number.isFinite);
  const top = known.reduce((most, value) => Math.max(most, value), 0);
  const bottom = known.reduce((least, value) => Math.min(least, value), 0);
  const spread = top - bottom || 1;
  const step = points.length > 1 ? width / (points.length - 1) : 0;
  const placed = points.flatMap((value, at) =>
    Number.isFinite(value) ? [`${round(at * step)},${round(height - ((value - bottom) / spread) * height)}`] : [],
  );
  // One point alone draws nothing: a level line says that it is one value.
  return placed.length === 1 && points.length === 1 ? `0,${height / 2} ${width},${height / 2}` : placed.join(" ");
}

const round = (value: number): number => Math.round(value * 10) / 10;
