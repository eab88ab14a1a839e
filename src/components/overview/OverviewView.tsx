import { Empty } from "../states";

export default function OverviewView() {
  return <Empty title="OverviewView" />;
}
