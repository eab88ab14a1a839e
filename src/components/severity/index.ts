export { type SeverityColours, severityColours } from "./colours";
export { SeverityBadge } from "./SeverityBadge";
export { SeverityMark } from "./SeverityMark";
