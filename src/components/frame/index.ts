export { Section } from "./Section";
export { Toolbar } from "./Toolbar";
export { ViewPage } from "./ViewPage";
