import { Empty } from "../states";

export default function CompareView() {
  return <Empty title="CompareView" />;
}
