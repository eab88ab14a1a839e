/** Numbers as people read them: on the terminal, in pages and in panels alike. */
export * from "./numbers";
