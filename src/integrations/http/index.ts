export type { Instrumentation } from "../models/patch";
export { instrumentFetch } from "./fetch";
export { instrumentHttp } from "./nodeHttp";
