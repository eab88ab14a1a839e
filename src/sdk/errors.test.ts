import { describe, expect, it } from "vitest";
import { describeThrown, errorText } from "./errors";

class QuotaExceeded extends Error {}

describe("describeThrown", () => {
  it("names an error by its class", () => {
    expect(describeThrown(new TypeError("x is not a function"))).toMatchObject({
      type: "TypeError",
      message: "x is not a function",
      aborted: false,
    });
    expect(describeThrown(new QuotaExceeded("over")).type).toBe("QuotaExceeded");
  });

  it("names an error by its code where the class says nothing", () => {
    expect(describeThrown(Object.assign(new Error("refused"), { code: "ECONNREFUSED" })).type).toBe("ECONNREFUSED");
  });

  it("does not take content for a name", () => {
    const error = Object.assign(new Error("no"), { name: "card 4111 1111 1111 1111", code: "a sentence" });
    expect(describeThrown(error).type).toBe("Error");
  });

  it("knows work that was cancelled on purpose", () => {
    expect(describeThrown(new DOMException("gone", "AbortError")).aborted).toBe(true);
    expect(describeThrown(new DOMException("late", "TimeoutError")).aborted).toBe(false);
  });

  it.each([
    ["text", "string", "text"],
    [undefined, "undefined", "undefined"],
    [null, "null", "null"],
    [42, "number", "42"],
    [Symbol("s"), "symbol", "Symbol(s)"],
    [{ message: "plain" }, "Error", "plain"],
  ])("reads %s, which is no error", (thrown, type, message) => {
    expect(describeThrown(thrown)).toMatchObject({ type, message });
  });

  it("survives values that cannot be read", () => {
    const hostile = new Proxy(
      {},
      {
        get() {
          throw new Error("trap");
        },
      },
    );
    expect(describeThrown(hostile)).toMatchObject({ type: "Error", message: "unknown error" });
    expect(errorText(Object.create(null))).toBe("unknown error");
  });
});
