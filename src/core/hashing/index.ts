export { type AgentFingerprint, agentVersion } from "./agentVersion";
export { argumentsText } from "./argumentsText";
export { canonicalJson } from "./canonicalJson";
export { type Hash, hashText } from "./hash";
export { pythonListRepr } from "./pythonRepr";
export { isSecretKey, REDACTED, redact } from "./redact";
export { shapeOf } from "./shapeOf";
