import { expect, it } from "vitest";
import { deployLabel } from "./deployLabel";

it("names the version that was deployed, or what became of the deployment", () => {
  expect(deployLabel({ version: "3f2a91bc" })).toBe("3f2a91bc");
  expect(deployLabel({ version: "2026.11.21-build-7" })).toBe("2026.11.21-b");
  expect(deployLabel({ version: "3f2a91bc", meta: { action: "deploy", success: true } })).toBe("3f2a91bc");
  expect(deployLabel({ version: "unknown", meta: { action: "deploy", success: true } })).toBe("deployed");
  expect(deployLabel({ version: "unknown", meta: { action: "deploy", success: false } })).toBe("deployment failed");
  expect(deployLabel({ version: "unknown", meta: { action: "undeploy", success: true } })).toBe("undeployed");
});
