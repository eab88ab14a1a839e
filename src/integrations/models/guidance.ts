import { isRecord } from "../../core/wire";
import type { RunContext } from "../../sdk";
import type { ModelApi } from "./modelApi";
import type { Fields } from "./values";

/**
 * The request as the policies of a run want it: with the model that one switched to, and with the texts that one puts in
 * front of the model. Without such policies it is the application's own object, otherwise a copy.
 */
export function guided(run: RunContext, api: ModelApi, request: unknown): unknown {
  if (!isRecord(request)) return request;
  const switched = withModel(request, run.modelOverride);
  // Texts are given once: they are only taken where they reach the model.
  if (api.inject(switched, []) === undefined) return switched;
  const prompts: string[] = [];
  for (let next = run.popPromptAddition(); next !== undefined; next = run.popPromptAddition()) prompts.push(next);
  return prompts.length === 0 ? switched : api.inject(switched, prompts);
}

function withModel(request: Fields, model: string | undefined): Fields {
  return model === undefined || request.model === model ? request : { ...request, model };
}
