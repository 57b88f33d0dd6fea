/** What follows `/holdpoint deploy`: what is to be done, for which environment, about which commit, and why. */

import { environmentKey } from "../policy/environment-names.ts";

export const deployKinds = ["approve", "reject", "override"] as const;
export type DeployKind = (typeof deployKinds)[number];

/** A reason says more than a word. */
export const deployReasonMin = 20;

/** A request that waits, as far as a command needs to know it. */
export interface WaitingRequest {
  environment: string;
  sha: string;
  requestedAt: Date;
}

export type DeployCommand =
  | { kind: "understood"; what: DeployKind; environment: string; sha: string; text: string }
  | { kind: "malformed"; why: "what" | "reason" }
  | { kind: "no_environment" }
  /** Several commits wait, and it has to be said which one is meant. */
  | { kind: "which_commit"; environment: string; shas: string[] };

/** @param waiting requests that were there when it was said */
export function parseDeployCommand(rest: string, waiting: readonly WaitingRequest[]): DeployCommand {
  const [word = ""] = rest.split(" ");
  const what = deployKinds.find((kind) => kind === word.toLowerCase());
  if (what === undefined) return { kind: "malformed", why: "what" };
  const named = environmentIn(
    rest.slice(word.length).trim(),
    waiting.map(({ environment }) => environment),
  );
  if (named === null) return { kind: "no_environment" };
  const { environment } = named;
  const shas = [...new Set(waiting.filter((one) => one.environment === environment).map(({ sha }) => sha))];
  const [first = ""] = named.rest.split(" ");
  const meant = /^[0-9a-f]{7,64}$/i.test(first) ? shas.filter((sha) => sha.startsWith(first.toLowerCase())) : [];
  const text = meant.length === 1 ? named.rest.slice(first.length).trim() : named.rest;
  const sha = meant.length === 1 ? meant[0] : shas.length === 1 ? shas[0] : undefined;
  if (sha === undefined) return { kind: "which_commit", environment, shas };
  if (what !== "approve" && [...text].length < deployReasonMin) return { kind: "malformed", why: "reason" };
  return { kind: "understood", what, environment, sha, text };
}

/** Names may hold blanks: the longest that fits counts; quotes may stand around it. */
function environmentIn(text: string, environments: readonly string[]): { environment: string; rest: string } | null {
  const longestFirst = [...new Set(environments)].sort((a, b) => b.length - a.length);
  for (const environment of longestFirst) {
    for (const written of [`"${environment}"`, `\`${environment}\``, environment]) {
      // White space in commands is collapsed, so it is here.
      const name = written.replace(/\s+/g, " ");
      const head = text.slice(0, name.length);
      const isWhole = text.length === name.length || text[name.length] === " ";
      if (isWhole && environmentKey(head) === environmentKey(name)) {
        return { environment, rest: text.slice(name.length).trim() };
      }
    }
  }
  return null;
}
