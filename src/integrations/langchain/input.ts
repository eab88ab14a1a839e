import { attempt } from "../../sdk/values";
import { property } from "../models/values";
import { contentText } from "./answer";

/** Fields in which chains take what a person said. */
const FIELDS = ["input", "question", "query"];

function typeOf(message: unknown): unknown {
  const getType = property(message, "_getType");
  if (typeof getType === "function") return attempt((): unknown => Reflect.apply(getType, message, []));
  return property(message, "role") ?? property(message, "type");
}

function isOfPerson(message: unknown): boolean {
  if (Array.isArray(message)) return message[0] === "human" || message[0] === "user";
  const type = typeOf(message);
  return type === "human" || type === "user";
}

function textOf(message: unknown): string | undefined {
  if (typeof message === "string") return message;
  return contentText(Array.isArray(message) ? message[1] : property(message, "content"));
}

/** The last thing a person said in a list of messages, whatever form they have. */
export function lastHumanText(messages: unknown): string | undefined {
  if (!Array.isArray(messages)) return undefined;
  return textOf(messages.findLast(isOfPerson) ?? messages.findLast((message) => typeof message === "string"));
}

/** What the user asked, out of the inputs of a chain or graph; all of the inputs where it is not to be told. */
export function inputOf(inputs: unknown): unknown {
  if (typeof inputs === "string") return inputs;
  for (const field of FIELDS) {
    const value = property(inputs, field);
    if (typeof value === "string") return value;
  }
  const messages = lastHumanText(inputs) ?? lastHumanText(property(inputs, "messages"));
  return messages ?? lastHumanText(property(inputs, "input")) ?? inputs;
}
