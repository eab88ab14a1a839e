export { Toolbar } from "./Toolbar";
export { ViewPage } from "./ViewPage";
