import { Empty } from "../states";

export default function SignalsView() {
  return <Empty title="SignalsView" />;
}
