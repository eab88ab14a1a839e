export type { PushStream, Refusal } from "./accept";
export { codeOf, messageOf, StoreError } from "./errors";
export type { StoredLine, StoredListener } from "./listeners";
export { Store } from "./store";
export { type PushResult, STORE_DEFAULTS, type StoreOptions } from "./storeOptions";
