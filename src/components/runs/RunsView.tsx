import { Empty } from "../states";

export default function RunsView() {
  return <Empty title="RunsView" />;
}
