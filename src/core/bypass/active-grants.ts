import type { GrantedBypass, RememberedBypass } from "./bypass.ts";

/** Those that were granted and have not ended; whether they still hold is for a look to say. */
export function activeGrants(known: readonly RememberedBypass[]): GrantedBypass[] {
  return known.filter((one): one is GrantedBypass => one.outcome === "granted" && one.ended === null);
}
