export { agentVersion } from "./agentVersion";
export { argumentsText } from "./argumentsText";
export { canonicalJson } from "./canonicalJson";
export { type Hash, hashText } from "./hash";
export { redact } from "./redact";
export { shapeOf } from "./shapeOf";
