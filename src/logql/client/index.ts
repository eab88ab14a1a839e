export { limitOf } from "./failures";
export { HttpLoki } from "./httpLoki";
export { type HttpLokiOptions, HttpLokiOptionsError } from "./options";
export type { Fetch, FetchInit, FetchResponse, Platform } from "./platform";
