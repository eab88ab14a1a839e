import { Empty } from "../states";

export default function AgentsView() {
  return <Empty title="AgentsView" />;
}
