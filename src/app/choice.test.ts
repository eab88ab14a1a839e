import { expect, it } from "vitest";
import { chooseDatasource } from "./choice";

const candidates = [
  { uid: "a", name: "A" },
  { uid: "b", name: "B" },
  { uid: "c", name: "C" },
] as const;
const wishes = { address: undefined, remembered: undefined, configured: undefined };

it("goes by the address, then by what was chosen before, then by the configuration", () => {
  const choose = (more: Partial<Record<keyof typeof wishes, string>>) =>
    chooseDatasource(candidates, { ...wishes, ...more })?.uid;
  expect(choose({ address: "c", remembered: "b", configured: "a" })).toBe("c");
  expect(choose({ address: "gone", remembered: "b", configured: "a" })).toBe("b");
  expect(choose({ remembered: "gone", configured: "b" })).toBe("b");
  expect(choose({})).toBe("a");
});

it("prefers Grafana's default to the first", () => {
  expect(chooseDatasource([...candidates, { uid: "d", name: "D", isDefault: true }], wishes)?.uid).toBe("d");
  expect(chooseDatasource([], wishes)).toBeUndefined();
});
