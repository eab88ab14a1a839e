export { SignalList } from "./SignalList";
