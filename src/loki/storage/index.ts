export type { PushStream, Refusal } from "./accept";
export { messageOf, StoreError } from "./errors";
export { Store } from "./store";
export { type PushResult, STORE_DEFAULTS, type StoreOptions } from "./storeOptions";
