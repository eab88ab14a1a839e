export { barStep, wholeBars } from "./barSteps";
export { barsOf } from "./bars";
export { signalsText } from "./barText";
export { deployLabel } from "./deployLabel";
export type { ChartMarker } from "./markerPlaces";
export { Sparkline } from "./Sparkline";
export { StackedBars } from "./StackedBars";
export { useChartTime } from "./useChartTime";
export { useWidth } from "./useWidth";
