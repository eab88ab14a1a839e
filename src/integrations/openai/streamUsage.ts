import { isRecord } from "../../core/wire";
import type { StreamUsage } from "../models/modelApi";

/** `stream_options.include_usage` of `chat.completions` and `completions`. */
export const streamUsage: StreamUsage = {
  ask: (request) => {
    const { stream, stream_options } = request;
    if (stream !== true || (stream_options !== undefined && stream_options !== null && !isRecord(stream_options))) {
      return undefined;
    }
    // What the program says itself, `false` included, is its to say.
    if (stream_options?.include_usage !== undefined) return undefined;
    return { ...request, stream_options: { ...stream_options, include_usage: true } };
  },
  takeOut: (piece) => {
    if (!isRecord(piece) || !Object.hasOwn(piece, "usage")) return false;
    // All pieces have the field then: null until the last one, which has no choices.
    if (piece.usage === null) {
      Reflect.deleteProperty(piece, "usage");
      return false;
    }
    return Array.isArray(piece.choices) && piece.choices.length === 0;
  },
};
