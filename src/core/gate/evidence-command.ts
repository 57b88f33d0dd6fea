/**
 * `/holdpoint evidence <criterion> <link or text>`: the author, or somebody with write permission, says where the evidence is.
 *
 * It is a claim that anybody can follow up, as a section of the description is, and like a section it outlasts a push: what goes stale is
 * a reviewer's word that something is so, which is an attestation.
 */

import { isAtLeast, type Person, type Snapshot } from "../snapshot.ts";
import { spokenCommands } from "./commands/spoken-commands.ts";
import { isPlaceholder } from "./content.ts";
import type { LeafOutcome } from "./evidence.ts";
import { refersToIssue } from "./linked-issue.ts";
import type { RefusedClaim } from "./verdict.ts";

/** So much text says something, where there is no link. */
export const evidenceCharactersMin = 20;
/** Letters and digits that differ: a row of one letter is no sentence. */
const differentMin = 6;
const shownMax = 120;

export function judgeEvidenceCommand(criterion: string, snapshot: Snapshot): LeafOutcome {
  let isUnknown = false;
  const refused: RefusedClaim[] = [];
  for (const { person, isEdited, claim } of claimsFor(criterion, snapshot)) {
    const entitled = mayGive(person, snapshot);
    if (entitled === "unknown" && !isEdited && isEvidence(claim)) isUnknown = true;
    const why = isEdited ? "edited" : !isEvidence(claim) ? "empty" : entitled === false ? "not_entitled" : null;
    if (why !== null) refused.push({ person, why });
    else if (entitled === true) return { holds: true, saw: `${shown(claim)}, given by ${person.login}` };
  }
  return isUnknown
    ? { holds: "unknown", saw: "given by somebody whose permission could not be read" }
    : { holds: false, saw: "nothing was given by comment", refused };
}

/** Holds for a link, a reference to an issue, or a sentence. */
export function isEvidence(claim: string): boolean {
  if (/(?:^|[\s(<[])https?:\/\/[^\s/]{3,}/i.test(claim) || refersToIssue(claim)) return true;
  const different = new Set(claim.toLowerCase().match(/[\p{L}\p{N}]/gu));
  return claim.length >= evidenceCharactersMin && different.size >= differentMin && !isPlaceholder(claim);
}

/** Newest first. A bot speaks only for a change of its own. */
function claimsFor(criterion: string, snapshot: Snapshot): { person: Person; isEdited: boolean; claim: string }[] {
  return spokenCommands(snapshot, "evidence")
    .flatMap(({ person, isEdited, rest }) => {
      const [named = "", ...words] = rest.split(" ");
      const isOurs = named.toLowerCase() === criterion.toLowerCase();
      const isHeard = person.kind === "user" || person.id === snapshot.author.id;
      return isOurs && isHeard && person.kind !== "ghost" ? [{ person, isEdited, claim: words.join(" ") }] : [];
    })
    .reverse();
}

function mayGive(person: Person, { author, directory }: Snapshot): boolean | "unknown" {
  if (person.id === author.id) return true;
  const permission = directory.permissions[person.id];
  if (permission?.kind === "read") return isAtLeast(permission.value, "write");
  return permission?.kind === "missing" ? false : "unknown";
}

function shown(claim: string): string {
  return claim.length > shownMax ? `${claim.slice(0, shownMax - 1).trimEnd()}…` : claim;
}
