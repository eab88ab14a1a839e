import { Empty } from "../states";

export default function ConfigurationView() {
  return <Empty title="ConfigurationView" />;
}
