/** Whether a C# project is a library for others, by its project file. @see https://learn.microsoft.com/nuget/reference/msbuild-targets */

import { folderOf, nameOf } from "../../file-role.ts";
import type { Offer } from "../object-oriented/member-reach.ts";

type Side = ReadonlyMap<string, string | null>;

const depthMax = 8;
const textMax = 200_000;

/** Project files by the usual name, that of their folder, and what is shared by all of them. */
export function* csharpProjectFiles(path: string): Iterable<string> {
  for (let folder = folderOf(path), depth = 0; folder !== "" && depth < depthMax; folder = folderOf(folder), depth++) {
    yield `${folder}/${nameOf(folder)}.csproj`;
    yield `${folder}/Directory.Build.props`;
  }
  yield "Directory.Build.props";
}

export function csharpOfferOf(path: string, side: Side): Offer {
  let isPackable: boolean | null = null;
  let isSeen = false;
  let mayInherit = false;
  for (const file of csharpProjectFiles(path)) {
    const text = side.get(file)?.slice(0, textMax);
    if (text === undefined) continue;
    isSeen ||= file.endsWith(".csproj");
    mayInherit ||= /<Import\s|<NuspecFile>|<Project(?!\s{1,9}Sdk="Microsoft)[^>]{1,200}ToolsVersion/.test(text);
    if (file.endsWith(".csproj") && isApplication(text)) return "private";
    const said = /<IsPackable>\s{0,20}(true|false)\s{0,20}</i.exec(text)?.[1]?.toLowerCase();
    if (said !== undefined) isPackable ??= said === "true";
    if (isPackable === false) return "private";
    if (isPackable === true || isPublished(text)) return "public";
  }
  // A project without a word about its package is a part of something that is run.
  return isSeen && !mayInherit ? "private" : "unknown";
}

function isApplication(text: string): boolean {
  return (
    /<OutputType>\s{0,20}(Win)?Exe\s{0,20}</i.test(text) ||
    /Sdk="Microsoft\.NET\.Sdk\.(Web|Worker|BlazorWebAssembly)"/.test(text) ||
    /<IsTestProject>\s{0,20}true|Microsoft\.NET\.Test\.Sdk|<PackAsTool>/i.test(text)
  );
}

function isPublished(text: string): boolean {
  return /<(PackageId|PackageTags|PackageLicenseExpression|PackageLicenseFile|PackageProjectUrl|PackageReadmeFile|GeneratePackageOnBuild|PackageVersion|PackageIcon|PackageReleaseNotes|PackageDescription)>|<ProjectType>\s{0,20}Library/.test(
    text,
  );
}
