export { AskView } from "./AskView";
export { Empty } from "./Empty";
export { Failed } from "./Failed";
export { Loading } from "./Loading";
export { Note } from "./Note";
export { PartView } from "./PartView";
