export type { Column } from "./columns";
export { DataTable } from "./DataTable";
export { orderText, parseOrder, sortRows } from "./order";
