import { expect, it } from "vitest";
import { textInRepr } from "./pythonRepr";
import { inputText } from "./values";

const callback = "'streaming_callback': <function _streaming_callback at 0x7f60041d5e40>";

it("finds what was asked beside what is no JSON", () => {
  expect(textInRepr(`{'prompt': {'question': 'Who?'}, 'llm': {${callback}}}`)).toBe("Who?");
  expect(textInRepr(`{'llm': {${callback}}, 'prompt': {'n': 3, 'question': "it's"}}`)).toBe("it's");
  const message = (role: string, text: string) =>
    `ChatMessage(_role=<ChatRole.${role.toUpperCase()}: '${role}'>, _content=[TextContent(text=${text})], _name=None, _meta={})`;
  const messages = [
    message("system", "'Be kind'"),
    message("user", "'a\\'b\\n\\\\c\\x41\\u00e9'"),
    message("assistant", "'Hi'"),
  ];
  expect(textInRepr(`{'llm': {'messages': [${messages.join(", ")}], ${callback}}}`)).toBe("a'b\n\\cAé");
});

it("takes other text as it is", () => {
  expect(textInRepr("What is: 'this'?")).toBeUndefined();
  expect(textInRepr(`{'llm': {${callback}}}`)).toBeUndefined();
  expect(textInRepr("{'a': ''}")).toBeUndefined();
  expect(inputText("[3] What is: this?")).toBe("[3] What is: this?");
  expect(inputText(`{'prompt': {'question': 'Who?'}, 'llm': {${callback}}}`)).toBe("Who?");
});

it("is not slow with what never ends", () => {
  const started = performance.now();
  for (const hostile of ["{: '", '{: "', "{: '\\", "{ChatRole.USER: 'user'>, _content=[TextContent(text='"]) {
    textInRepr(hostile + hostile.slice(1).repeat(20_000));
    textInRepr(`${hostile}${"\\".repeat(500_000)}`);
  }
  expect(performance.now() - started).toBeLessThan(2000);
});
