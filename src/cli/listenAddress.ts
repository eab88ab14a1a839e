import { InvalidArgumentError } from "commander";

/** Where a server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** A parser for `HOST:PORT`, `:PORT` or `PORT`; the host of an IPv6 address stands in brackets. */
export function listenAddress(text: string): Address {
  const match = /^(?:(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s]*)):)?(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) throw new InvalidArgumentError("It must be HOST:PORT, such as 127.0.0.1:3100.");
  return { host: match[1] ?? (match[2] || "127.0.0.1"), port };
}
