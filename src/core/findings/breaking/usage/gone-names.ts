/** Names that a change takes out of the source and out of what used them: tests, examples, documentation, callers. */

import { basePath, namesOf, type ReadFile } from "../../detector.ts";
import { isApiReport, isBenchmark, isDocumentation, isFixture, isSource, isTest } from "../../file-role.ts";
import type { PatchLine } from "../../patch-lines.ts";
import { isComment } from "../behaviour/code-lines.ts";

export type UserKind = "documentation" | "tests" | "source";

export interface GoneName {
  name: string;
  /** Where it was declared. */
  declared: Place;
  /** Files of each kind that used it, the first place of each. */
  users: ReadonlyMap<UserKind, Place[]>;
}

export interface Place {
  path: string;
  /** From 1, before the change. */
  line: number;
  text: string;
}

/** Names looked at in one change: beyond it the change is a rewrite, and its size says more than its names. */
const namesMax = 5000;

/** Shorter names are too common to mean one thing. */
const word = /[A-Za-z_][\w-]{3,60}/g;

/** What declares a name, in most languages alike: a keyword before it, or the name itself as a key at the start of a line. */
const declaration =
  /\b(?:def|class|function|func|fn|const|let|var|val|fun|type|interface|enum|struct|trait|mod|static|rpc|message|service)\s{1,4}(?:\([^)]{0,80}\)\s{0,4})?([A-Za-z_]\w{3,60})|^\s{0,40}(?:(?:pub|public|readonly|async|export|static|protected)\s{1,4}){0,3}["'`]?([A-Za-z_][\w-]{3,60})["'`]?\??\s{0,4}[:(=]/;

/** @returns names declared in removed source lines that no added line of the whole change has any more */
export function goneNames(files: readonly ReadFile[]): GoneName[] {
  const added = new Set<string>();
  const declared = new Map<string, Place>();
  const used = new Map<string, Map<UserKind, Map<string, Place>>>();
  for (const file of files) {
    const kind = kindOf(file);
    if (kind === null) continue;
    const path = basePath(file);
    for (const line of file.lines) {
      if (line.kind === "context") continue;
      if (line.kind === "added") {
        for (const name of wordsOf(line)) added.add(name);
        continue;
      }
      if (kind === "source") declare(declared, path, line);
      // A test that goes as a whole takes its names along: nobody had to adapt it.
      if (kind === "tests" && file.status === "removed") continue;
      for (const name of wordsOf(line)) use(used, name, kind, path, line);
    }
  }
  return [...declared].flatMap(([name, place]) => {
    if (added.has(name)) return [];
    const users = [...(used.get(name) ?? [])].map(([kind, places]) => {
      const others = [...places.values()].filter(({ path }) => kind !== "source" || path !== place.path);
      return [kind, others] as const;
    });
    return [{ name, declared: place, users: new Map(users.filter(([, places]) => places.length > 0)) }];
  });
}

function declare(declared: Map<string, Place>, path: string, line: PatchLine): void {
  if (isComment(line.text)) return;
  const found = declaration.exec(line.text.slice(0, 300));
  const name = found?.[1] ?? found?.[2];
  if (name === undefined || common.has(name) || declared.has(name) || declared.size >= namesMax) return;
  declared.set(name, { path, line: line.line, text: line.text });
}

function use(
  used: Map<string, Map<UserKind, Map<string, Place>>>,
  name: string,
  kind: UserKind,
  path: string,
  line: PatchLine,
): void {
  let kinds = used.get(name);
  if (!kinds) {
    if (used.size >= namesMax * 4) return;
    kinds = new Map();
    used.set(name, kinds);
  }
  const places = kinds.get(kind) ?? new Map<string, Place>();
  kinds.set(kind, places);
  if (!places.has(path)) places.set(path, { path, line: line.line, text: line.text });
}

function wordsOf({ text }: PatchLine): Iterable<string> {
  return new Set(text.slice(0, 1000).match(word) ?? []);
}

function kindOf(file: ReadFile): UserKind | null {
  if (file.leftOut !== null) return null;
  const isAny = (holds: (path: string) => boolean) => namesOf(file).some(holds);
  if (isAny(isTest) || isAny(isFixture) || isAny(isBenchmark)) return "tests";
  // They are written by a tool, from the sources.
  if (isAny(isApiReport)) return null;
  if (isAny(isDocumentation)) return "documentation";
  return isAny(isSource) ? "source" : null;
}

/** Keys and words that stand everywhere, the languages' own among them: `else:` is no name. */
const common = new Set(
  "else elif elseif elsif except finally catch switch case while with await yield break continue import export public private protected static function class interface self super name type value default description title version text data item items path file index length result error options option config args params props state self this return true false null none None True False constructor toString main init test setup".split(
    " ",
  ),
);
