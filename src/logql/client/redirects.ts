import type { LokiError } from "../errors";
import { type Asked, failureOf } from "./failures";
import type { FetchResponse } from "./platform";

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
const HOST = /^(?:https?:)?\/\/(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]*)/i;
/** A part of the path as login pages and single sign-on have it. */
const LOGIN =
  /(?:^|[/._-])(?:log-?in|sign-?in|auth|authorize|oauth2?|oidc|openid(?:-connect)?|saml2?|sso)(?=$|[/._-])/i;

/**
 * The error for a redirect: Loki sends none, a proxy before it does. Most lead to a login page, where following one ends at
 * HTML with status 200. Undefined for other answers.
 */
export function redirectOf({ status, headers }: FetchResponse, asked: Asked): LokiError | undefined {
  // Browsers hand out a redirect that they do not follow as status 0, without its target.
  if (status !== 0 && !REDIRECTS.includes(status)) return undefined;
  const location = headers.get("location")?.trim() ?? "";
  const shown = location.replace(/[?#].*$/s, "").replace(/\/\/[^/]*@/, "//");
  const what = `A proxy redirects to ${shown === "" ? "somewhere it does not name" : shown}`;
  if (leadsToLogin(shown, asked.url)) {
    return failureOf(
      "unauthorised",
      what,
      asked,
      undefined,
      "check user, password or token: the proxy before Loki wants a login",
    );
  }
  return failureOf(
    "broken_answer",
    what,
    asked,
    undefined,
    "give the URL of Loki itself as Loki's URL, and check whether the proxy wants a login",
  );
}

function leadsToLogin(location: string, from: string): boolean {
  const host = HOST.exec(location)?.[1]?.toLowerCase();
  const elsewhere = host !== undefined && host !== HOST.exec(from)?.[1]?.toLowerCase();
  return elsewhere || LOGIN.test(location.replace(HOST, ""));
}
