import { Empty } from "../states";

export default function RunView() {
  return <Empty title="RunView" />;
}
