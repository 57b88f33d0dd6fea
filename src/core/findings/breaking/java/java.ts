/** Public interfaces of Java libraries. */

import { isTest, nameOf } from "../../file-role.ts";
import type { ApiLanguage } from "../api/api-language.ts";
import { compareMembers, memberRules } from "../object-oriented/compare-members.ts";
import { memberReach } from "../object-oriented/member-reach.ts";
import { wantedBeside } from "../object-oriented/wanted-beside.ts";
import { isCompatibleWritten } from "../object-oriented/written-types.ts";
import { javaBuildFiles, javaOfferOf } from "./java-build.ts";
import { readJavaFile } from "./java-file.ts";

export const java: ApiLanguage = {
  id: "java",
  grammar: "java",
  rules: memberRules,
  isModule: (path) => path.endsWith(".java") && !isTest(path) && !notOffered.test(path),
  // The same class in another folder is the same to users, as long as its package is.
  unitOf: (path) => `java ${nameOf(path)}`,
  mayTouch: ({ text }) => declaring.test(text.slice(0, 400)) && !/^\s{0,200}(\/\/|\*|\/\*|import\s)/.test(text),
  read: readJavaFile,
  wanted: wantedBeside({ buildFiles: javaBuildFiles, read: readJavaFile, extension: "java" }),
  reach: ({ contents }) => memberReach(contents, { read: readJavaFile, extension: ".java", offerOf: javaOfferOf }),
  isCompatible: isCompatibleWritten,
  hasNamedArguments: false,
  // Looked up where who reaches what is told: bases are named without their package.
  hasInheritance: false,
  compareMore: compareMembers,
};

const notOffered =
  /(^|\/)(impl|internal|src\/(test|testFixtures|integrationTest|androidTest|jmh)\w{0,40})\/|(^|\/)(package-info)\.java$/;

/** A line that may be a part of a declaration: a modifier, a parameter, a constant of an enumeration. */
const declaring =
  /\b(public|protected|private|static|final|abstract|default|class|interface|enum|record|throws|extends|implements|permits|void|exports|package|sealed)\b|^\s{0,200}@|^\s{0,200}[A-Z][\w<>[\]?, .]{0,200}\s\w{1,100}\s{0,10}(\(|[,;)=]|$)|^\s{0,200}[A-Z][A-Z\d_]{0,100}\s{0,10}[(,;{]?|^\s{0,200}(int|long|boolean|double|float|char|byte|short)\b/;
