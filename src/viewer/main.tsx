import { createRoot } from "react-dom/client";
import { Page } from "./Page";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no #root");
createRoot(root).render(<Page />);
