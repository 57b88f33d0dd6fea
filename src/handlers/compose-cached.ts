/** Policies put together once for each set of files: the same texts give the same policy, whichever pull request asks. */

import { createHash } from "node:crypto";
import { createBoundedCache } from "../core/bounded-cache.ts";
import { deepFreeze } from "../core/deep-freeze.ts";
import { type Composition, type CompositionInput, composePolicy } from "../core/policy/compose-policy.ts";

/** In characters of the files; what is made of them takes some twenty times as much memory. */
const charactersMax = 1_000_000;
/** What a short file takes all the same. */
const charactersMin = 2_000;

/** Whole and of any repository: the key is made of all that goes in, texts included, and the frozen policy is only read. */
const policies = createBoundedCache<Composition & { kind: "loaded" }>(charactersMax);

export function composeCached(input: CompositionInput): Composition {
  const { owner, repository, organization, included } = input;
  const text = JSON.stringify([owner, repository, organization, [...included]]);
  const key = createHash("sha256").update(text).digest("hex");
  const known = policies.get(key);
  if (known !== undefined) return known;
  const composed = composePolicy(input);
  if (composed.kind === "loaded") {
    deepFreeze(composed.document.policy);
    policies.set(key, composed, Math.max(charactersMin, text.length));
  }
  return composed;
}
