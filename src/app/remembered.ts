import { userStore } from "./userStore";

const store = userStore(() => window.localStorage);
const KEY = "datasource";

/** uid of the data source that this reader chose last. */
export const remembered = (): string | undefined => store.get(KEY);
export const remember = (uid: string): void => store.set(KEY, uid);
