export { scanInput } from "./scanInput";
