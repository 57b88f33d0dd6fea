/** Bypasses and other openings for programs. */

import type { BypassState, Opening } from "../bypass/bypass.ts";
import { bypassCode } from "../gate/bypass-codes.ts";
import type { Verdict } from "../gate/verdict.ts";
import { stateWords } from "./bypass-words.ts";
import type { Telling } from "./telling.ts";
import { toPlain } from "./words.ts";

export function bypassesJson(verdict: Verdict, telling: Telling) {
  return verdict.bypasses.map((state) => {
    const request = "grant" in state ? state.grant : state.request;
    return {
      id: request.id,
      state: state.kind,
      code: bypassCode(state),
      by: request.requester?.login ?? null,
      label: request.source.kind === "label" ? request.source.label : null,
      comment: request.source.kind === "command" ? request.source.commentId : null,
      scope: request.scope,
      cause: request.cause,
      at: request.at?.toISOString() ?? null,
      ...factsJson(state),
      says: toPlain(stateWords(state, verdict, telling)),
    };
  });
}

function factsJson(state: BypassState): object {
  switch (state.kind) {
    case "refused":
      return { why: state.why };
    case "awaiting":
      return { missing: state.missing, until: state.until?.toISOString() ?? null };
    case "grantable":
      return {
        reason: state.reason,
        second_person: state.secondPerson?.login ?? null,
        until: state.until.toISOString(),
      };
    case "in_force":
    case "ending":
      return {
        ...(state.kind === "ending" ? { why: state.why } : {}),
        reason: state.grant.reason,
        second_person: state.grant.secondPerson?.login ?? null,
        until: state.grant.until.toISOString(),
        issue: state.grant.issue.number,
      };
    case "unreadable":
      return { why: state.reason };
  }
}

export function openingsJson({ openings }: Pick<Verdict, "openings">) {
  return openings.map(({ opening, scope }) => ({ ...openingJson(opening), scope }));
}

export function openingJson(opening: Opening) {
  switch (opening.kind) {
    case "bypass":
      return {
        kind: opening.kind,
        by: opening.grant.requester.login,
        until: opening.grant.until.toISOString(),
        issue: opening.grant.issue.number,
      };
    case "window":
      return { kind: opening.kind, name: opening.name, until: opening.until.toISOString() };
    case "test_branch":
      return { kind: opening.kind, pattern: opening.pattern };
  }
}
