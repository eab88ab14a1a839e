import { Empty } from "../states";

export default function DetectorsView() {
  return <Empty title="DetectorsView" />;
}
