import { Empty } from "../states";

export default function AgentView() {
  return <Empty title="AgentView" />;
}
