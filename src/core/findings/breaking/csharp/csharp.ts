/** Public interfaces of C# libraries. */

import { isTest, nameOf } from "../../file-role.ts";
import type { ApiLanguage } from "../api/api-language.ts";
import { compareMembers } from "../object-oriented/compare-members.ts";
import { memberReach } from "../object-oriented/member-reach.ts";
import { wantedBeside } from "../object-oriented/wanted-beside.ts";
import { isCompatibleWritten } from "../object-oriented/written-types.ts";
import { readCsharpFile } from "./csharp-file.ts";
import { csharpOfferOf, csharpProjectFiles } from "./csharp-project.ts";

export const csharp: ApiLanguage = {
  id: "csharp",
  grammar: "c_sharp",
  isModule: (path) => path.endsWith(".cs") && !isTest(path) && !notOffered.test(path),
  // Parts of a class stand in `Client.cs`, `Client.Async.cs` and so on.
  unitOf: (path) => `csharp ${nameOf(path).split(".")[0]}`,
  mayTouch: ({ text }) => declaring.test(text.slice(0, 400)) && !/^\s{0,200}(\/\/|using\s)/.test(text),
  read: readCsharpFile,
  wanted: wantedBeside({ buildFiles: csharpProjectFiles, read: readCsharpFile, extension: "cs" }),
  reach: ({ contents }) => memberReach(contents, { read: readCsharpFile, extension: ".cs", offerOf: csharpOfferOf }),
  isCompatible: isCompatibleWritten,
  hasNamedArguments: false,
  // Looked up where who reaches what is told: bases are named without their package.
  hasInheritance: false,
  compareMore: compareMembers,
};

const notOffered =
  /(^|\/)([\w.-]{1,100}\.)?(Tests?|UnitTests?|IntegrationTests?|Specs|Benchmarks?|Snippets|Migrations)\/|\.(g|generated)\.cs$|(^|\/)(AssemblyInfo|GlobalUsings|Program|Startup)\.cs$/i;

/** A line that may be a part of a declaration: a modifier, a parameter, an accessor, a value of an enumeration. */
const declaring =
  /\b(public|protected|private|internal|static|sealed|abstract|virtual|override|readonly|const|class|struct|interface|enum|record|delegate|event|namespace|where|operator|get|set|init|required|params|void)\b|^\s{0,200}\[|^\s{0,200}[\w<>[\]?,. ]{1,200}\s@?\w{1,100}\s{0,10}([,;)=({]|$)|^\s{0,200}\w{1,100}\s{0,10}(=\s{0,10}[\w<| ]{1,60})?,?\s{0,10}$/;
