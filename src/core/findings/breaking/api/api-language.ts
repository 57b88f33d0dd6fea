/** What the comparison of public interfaces asks of a language. The next language is one file and one line in `languages.ts`. */

import type { Contents } from "../../../snapshot.ts";
import type { ClassificationOptions, Observation, ReadFile, Rule } from "../../detector.ts";
import type { Reach, Strength } from "../../finding.ts";
import type { PatchLine } from "../../patch-lines.ts";
import type { Grammar } from "../../syntax/grammars.ts";
import type { ApiSurface, ApiSymbol } from "./api-surface.ts";

/** A difference that may break users, before it is asked who can reach the symbol. */
export interface ApiChange {
  rule: string;
  /** When everybody can reach it. */
  strength: Strength;
  /** Short phrase, starts lower case: `parameter \`b\` of \`parse\` must now be given`. */
  what: string;
  /** `null` for what is new. */
  base: ApiSymbol | null;
  /** `null` for what is gone. */
  head: ApiSymbol | null;
  /** Shown instead of the lines of the declarations. */
  before?: string;
  after?: string;
}

export interface ReachInput {
  files: readonly ReadFile[];
  contents: Contents;
  options: ClassificationOptions;
}

/** A change, and where it stands. */
export interface PlacedChange extends ApiChange {
  /** Name of the file before the change; after it for what is new. */
  path: string;
  /** Another changed unit offers a symbol of the same id now, and did not before. */
  hasMoved: boolean;
  /** Seen where the thing moved to: told only where it is not told as gone. */
  movedFrom?: ApiSymbol;
}

export interface ApiLanguage {
  id: string;
  grammar: Grammar | null;
  /** What can happen only in this language, besides the rules for all; reported by `compareMore`. */
  rules?: Record<string, Rule>;
  /** Holds for files that may be a part of a public interface, by name: no tests, no internals. */
  isModule(path: string): boolean;
  /** What files of one unit share a namespace: the file itself, its folder (Go), … */
  unitOf(path: string): string;
  /** A quick look at changed lines: false where no such line can change what a file offers. */
  mayTouch(line: PatchLine): boolean;
  /** @returns `null` when the text cannot be parsed */
  read(path: string, text: string): ApiSurface | null;
  /** Texts that `reach` needs besides the changed files: manifests, entry files. Asked again with what came. */
  wanted?(changed: readonly ReadFile[], input: ReachInput, hasChanges: (file: ReadFile) => boolean): Iterable<string>;
  /** Prepared once for a change of many files. Tells who can use a symbol; `null`: nobody outside, or nobody loses it. */
  reach(input: ReachInput): (change: PlacedChange) => Reach | null;
  /** Holds when whoever relied on `from` is content with `to`. Asked for types that are written differently; `symbol` is what has the type. */
  isCompatible?(from: string, to: string, position: "parameter" | "result" | "value", symbol?: ApiSymbol): boolean;
  /** Callers may name parameters of any kind: renaming one breaks them. */
  hasNamedArguments: boolean;
  /**
   * Names are marked for neighbours and for users alike, and entry points choose: one that nobody outside is seen to reach is mostly
   * nobody's. Of labelled changes with nothing but such a removed name, one in four was breaking.
   */
  hasEntryPoints?: boolean;
  /** What is not hidden by its folder can be imported by anybody: that nobody is seen to do so takes nothing from what was only likely. */
  hidesByFolder?: boolean;
  /** It lists what sources of other languages offer: what those show already is not told again. Comes after them. */
  retellsOthers?: boolean;
  /** Left out: each of several ways to call something stands beside the others. False where they stand instead of each other, by conditions. */
  hasOverloads?: boolean;
  /** Left out: members may come from a base of their owner. */
  hasInheritance?: boolean;
  /** The id under which a file may offer the same thing in another way. */
  otherNameOf?(symbol: ApiSymbol): string | null;
  /** What only this language knows about a symbol that stands on both sides. */
  compareMore?(base: ApiSymbol, head: ApiSymbol): ApiChange[];
  /** How people call it, kind first: `exported class \`Client\``. Left out: its kind and its id. */
  describe?(symbol: ApiSymbol): string;
  /** Prepared once for a change of many files. What only the language or its other files know: gives a change on, weaker, in other words, or not at all. */
  refine?(input: ReachInput): (change: PlacedChange) => PlacedChange | null;
  /** What the patch alone shows, for a file whose text is not there or could not be parsed. */
  readPatch?(file: ReadFile, isPublic: boolean): Observation[];
}
