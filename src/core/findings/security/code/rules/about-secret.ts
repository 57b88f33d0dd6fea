import { argsOf } from "../code-rule.ts";
import type { Fact } from "../facts.ts";

export const secretName =
  /token(?!i)|secret|passw|passphrase|nonce|(?:^|[._])otp|salt|csrf|xsrf|api_?key|session_?id|signature|credential|reset_?code|invite_?code|verification_?code/i;

/** Holds where the names around say that it is about a secret. */
export function isAboutSecret(fact: Fact): boolean {
  return secretName.test(
    `${fact.owner} ${fact.within.split(".").at(-1) ?? ""} ${fact.kind === "pair" ? fact.name : argsOf(fact)}`,
  );
}
