import { once } from "node:events";
import { createServer } from "node:net";
import { PortTakenError } from "./program";

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  const ports = await Promise.all(
    servers.map(async (server) => {
      await once(server, "listening");
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("a TCP server has no port");
      return address.port;
    }),
  );
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}

/**
 * Starts something on free ports of loopback, with others when one of them is taken before it listens.
 *
 * @param start gets as many ports as asked for
 */
export async function onFreePorts<T>(
  count: number,
  start: (port: number, ...others: number[]) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const [first, ...others] = await freePorts(count);
    if (first === undefined) throw new RangeError("at least one port is needed");
    try {
      return await start(first, ...others);
    } catch (error) {
      if (!(error instanceof PortTakenError) || attempt === 3) throw error;
    }
  }
}
