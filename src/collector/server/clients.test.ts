import { describe, expect, it } from "vitest";
import { networkOf } from "./clients";

describe("networkOf", () => {
  it.each([
    ["127.0.0.1", "127.0.0.1"],
    ["::ffff:10.1.2.3", "10.1.2.3"],
    ["2001:db8:0:1:2:3:4:5", "2001:db8:0:1"],
    ["2001:DB8::5", "2001:db8:0:0"],
    ["2001:db8:a:b:c::1", "2001:db8:a:b"],
    ["::1", "0:0:0:0"],
    ["fe80::1%eth0", "fe80:0:0:0"],
    ["", ""],
    ["nonsense", "nonsense"],
  ])("takes %j as %j", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
