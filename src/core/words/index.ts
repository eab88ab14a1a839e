/** Numbers, steps and endings as people read them: on the terminal, in pages and in panels alike. */
export * from "./numbers";
export { exitReasonOf, KIND_NAMES, knownOf, slowestStep, stepName } from "./steps";
