export { severityColours } from "./colours";
export { SeverityBadge } from "./SeverityBadge";
export { SeverityMark } from "./SeverityMark";
