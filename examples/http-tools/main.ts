import { once } from "node:events";
import { get } from "node:http";
import { Dunetrace } from "dunetrace-grafana";
import { instrumentFetch, instrumentHttp } from "dunetrace-grafana/http";
import { startOrderService } from "./orderService";

instrumentFetch();
instrumentHttp();
const dt = new Dunetrace({ emitAsJson: true });
const service = await startOrderService();

/** A client on `node:http`, such as axios and got are. */
async function deliveryDays(): Promise<string> {
  const request = get(`${service.url}/delivery?country=NZ`);
  const [response] = await once(request, "response");
  let body = "";
  for await (const piece of response) body += String(piece);
  return body;
}

/** Asks for the state of an order until it is sent, or patience is at an end. */
async function track(order: string): Promise<string> {
  for (let asked = 0; asked < 5; asked++) {
    const response = await fetch(`${service.url}/orders/${order}`);
    if ((await response.text()).includes("sent")) return "It is on its way.";
  }
  return `Not sent yet. Delivery takes ${await deliveryDays()}`;
}

console.error(await dt.run("order-tracker", { userInput: "order-7731", tools: [] }, () => track("order-7731")));
await dt.shutdown();
await service.close();
