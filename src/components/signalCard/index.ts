export { SignalCard } from "./SignalCard";
export { labelOf, stepsOf } from "./shown";
