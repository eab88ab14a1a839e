export { Moment } from "./Moment";
export { RunId } from "./RunId";
export { ViewLink } from "./ViewLink";
