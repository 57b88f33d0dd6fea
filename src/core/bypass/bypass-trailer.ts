import type { GrantedBypass } from "./bypass.ts";

/** The line by which Git's history tells a bypass. Nothing in it can end the line, or begin another. */
export function bypassTrailer({
  issue,
  cause,
  requester,
}: Pick<GrantedBypass, "issue" | "cause" | "requester">): string {
  return `Holdpoint-Bypass: #${issue.number} ${word(cause)} by ${word(requester.login)}`;
}

function word(text: string): string {
  return text.replace(/[^A-Za-z0-9_[\]-]+/g, "_").slice(0, 64);
}
