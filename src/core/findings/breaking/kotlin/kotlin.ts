/** Public interfaces of Kotlin libraries. */

import { isTest, nameOf } from "../../file-role.ts";
import type { ApiLanguage, PlacedChange } from "../api/api-language.ts";
import type { ApiSymbol } from "../api/api-surface.ts";
import { javaBuildFiles, javaOfferOf } from "../java/java-build.ts";
import { compareMembers } from "../object-oriented/compare-members.ts";
import { memberReach } from "../object-oriented/member-reach.ts";
import { wantedBeside } from "../object-oriented/wanted-beside.ts";
import { readKotlinFile } from "./kotlin-file.ts";
import { isCompatibleKotlin } from "./kotlin-types.ts";

export const kotlin: ApiLanguage = {
  id: "kotlin",
  grammar: "kotlin",
  isModule: (path) => path.endsWith(".kt") && !isTest(path) && !notOffered.test(path),
  // The same declaration in another folder is the same to users, as long as its package is.
  unitOf: (path) => `kotlin ${nameOf(path)}`,
  mayTouch: ({ text }) => declaring.test(text.slice(0, 400)) && !/^\s{0,200}(\/\/|\*|\/\*|import\s)/.test(text),
  read: readKotlinFile,
  wanted: wantedBeside({ buildFiles: javaBuildFiles, read: readKotlinFile, extension: "kt" }),
  reach: ({ contents }) => memberReach(contents, { read: readKotlinFile, extension: ".kt", offerOf: javaOfferOf }),
  isCompatible: isCompatibleKotlin,
  hasNamedArguments: true,
  // Looked up where who reaches what is told: bases are named without their package.
  hasInheritance: false,
  compareMore: compareMembers,
  refine: () => refineChange,
};

const notOffered =
  /(^|\/)(impl|internal|buildSrc|build-logic|examples?(-[\w-]{1,40})?|([\w-]{1,60}-)?stubs?|[\w-]{1,60}-(tests?|testing|samples?|testapp|benchmarks?)(-[\w-]{1,40})?|src\/(\w{0,40}Test|test\w{0,40}|jmh|\w{0,40}Fixtures))\//;

/** A line that may be a part of a declaration: a keyword, a modifier, an annotation, a parameter, an entry of an enumeration. */
const declaring =
  /\b(class|interface|object|fun|val|var|typealias|constructor|enum|sealed|data|open|abstract|final|override|private|internal|protected|public|companion|const|lateinit|suspend|vararg|package|where|set)\b|^\s{0,200}@|^\s{0,200}`?\w{1,100}`?\s{0,10}:|^\s{0,200}\)|^\s{0,200}[A-Z]\w{0,100}\s{0,10}[(,;{]?\s{0,10}/;

/** What only Kotlin knows of a change. */
function refineChange(change: PlacedChange): PlacedChange | null {
  const { base, head } = change;
  if ((base ?? head)?.marks.includes("unsettled")) return null;
  if (base === null || head === null) return change;
  // Its defaults stand where it is expected.
  if (change.rule === "parameter_made_required" && head.marks.includes("actual")) return null;
  // The alias stands for the class that moved.
  if (change.rule === "symbol_kind_changed" && head.kind === "type") return null;
  if (change.rule === "parameter_renamed") {
    // Operators are called by their sign; others only break for who names the parameter.
    if (base.marks.includes("operator") || base.marks.includes("infix")) return null;
    return { ...change, strength: "likely" };
  }
  if (change.rule === "parameter_reordered" && isPushedLambda(change, base, head)) return null;
  return change;
}

/** A lambda at the end is given after the brackets: a parameter put in before it pushes nothing. */
function isPushedLambda({ what }: PlacedChange, base: ApiSymbol, head: ApiSymbol): boolean {
  const last = ({ signatures }: ApiSymbol) => signatures.map(({ parameters }) => parameters.at(-1));
  const names = last(base).map((parameter) => (/->/.test(parameter?.type ?? "") ? parameter?.name : undefined));
  return last(head).some(
    (parameter) =>
      parameter !== undefined && names.includes(parameter.name) && what.includes(`parameter \`${parameter.name}\` of`),
  );
}
