/** What is answered to commands in words: refusals that say who may, and mistakes with the line as it should be. Nobody is mentioned. */

import { type CommandSpec, commandTable, type Place } from "../gate/commands/command-table.ts";
import { suggest } from "../policy/suggest.ts";
import type { Person } from "../snapshot.ts";
import { toMarkdown } from "./markdown.ts";
import { quietWords } from "./quiet-words.ts";
import { personPiece } from "./telling.ts";
import { code, cut, joinList, say, type Words } from "./words.ts";

/** A sign, and a comment where words are needed. */
export interface Reply {
  /** `+1` done, `eyes` seen and weighed by the gate, `-1` refused, `confused` not understood. */
  reaction: "eyes" | "+1" | "-1" | "confused";
  /** At most one; left out where the sign says it all. */
  comment?: string;
}

/** Where the arguments are not what the command takes. @param why what is wrong, as a sentence */
export function malformed(spec: CommandSpec, why: Words): string {
  return answer(say`${why} It is written ${usage(spec)}, for example ${code(spec.example)}.`);
}

/** @param people who are known to be able to; named so that somebody can be asked */
export function refusal(spec: CommandSpec, people: readonly Person[] = [], roles: readonly string[] = []): string {
  const who =
    roles.length > 0
      ? say`whoever holds the role ${joinList(
          roles.map((role) => say`${role}`),
          "or",
        )}`
      : say`${{ kind: "ours", text: spec.who }}`;
  return answer(say`${code(`/holdpoint ${spec.verb}`)} is for ${who}.${knownWords(people)}`);
}

export function unknownCommand(written: string): string {
  const specs: readonly CommandSpec[] = commandTable;
  const near = suggest(
    written,
    specs.flatMap(({ verb, aliases }) => [verb, ...(aliases ?? []).filter((alias) => !alias.includes(" "))]),
  );
  const meant = near === null ? [] : say` Did you mean ${code(`/holdpoint ${near}`)}?`;
  return answer(
    say`There is no command ${code(`/holdpoint ${cut(written, 40)}`)}.${meant} ${code("/holdpoint help")} lists them all.`,
  );
}

/** A command that is understood elsewhere: on the issues that Holdpoint keeps, or on pull requests. */
export function notHere(spec: CommandSpec, place: Place): string {
  const where = place === "issue" ? "on the issues that Holdpoint keeps for it" : "on pull requests";
  return answer(say`${code(`/holdpoint ${spec.verb}`)} is understood ${{ kind: "ours", text: where }}, not here.`);
}

export function unknownName(
  word: string,
  { near, known }: { near: string | null; known: readonly string[] },
  what = "rule",
): string {
  const meant = near === null ? [] : say` Did you mean ${code(near)}?`;
  const list =
    known.length === 0
      ? say` The policy in force names none.`
      : say` The policy in force names ${joinList(
          known.map((name) => [code(name)]),
          "and",
          12,
        )}.`;
  return answer(say`There is no ${what} ${code(cut(word, 60))} here.${meant}${list}`);
}

/** The pull request is closed, or there is no policy to judge by. */
export function notJudged(why: "closed" | "no_policy"): string {
  return why === "closed"
    ? answer(say`This pull request is closed, so there is nothing to say about its gate.`)
    : answer(say`The policy in force cannot be read, so the gate stays shut; the check says what is wrong with it.`);
}

export function nothingHeld(): string {
  return answer(say`Nothing is on hold here.`);
}

export function oneAtATime(spec: CommandSpec): string {
  return malformed(spec, say`One thing is explained at a time.`);
}

/** Any sentence of ours about a command. */
export function answer(words: Words): string {
  return toMarkdown(quietWords(words));
}

function knownWords(people: readonly Person[]): Words {
  const known = people.filter(({ kind }) => kind === "user").map((person) => [personPiece(person)]);
  return known.length === 0 ? [] : say` Known here: ${joinList(known)}.`;
}

function usage({ verb, usage: rest }: CommandSpec): Words {
  return [code(`/holdpoint ${verb}${rest === "" ? "" : ` ${rest}`}`)];
}
