export { INJECTION_PATTERNS, type InjectionPattern, WEAK_LABELS } from "./patterns";
export { type InjectionSignal, scanInput } from "./scanInput";
