/** Whether a Java module is a library for others, by its build files. */

import { folderOf } from "../../file-role.ts";
import type { Offer } from "../object-oriented/member-reach.ts";

type Side = ReadonlyMap<string, string | null>;

const depthMax = 10;
const textMax = 200_000;
const buildFiles = ["pom.xml", "build.gradle", "build.gradle.kts"];

/** Build files that may speak of the module, nearest first. */
export function* javaBuildFiles(path: string): Iterable<string> {
  for (const folder of foldersAbove(path)) {
    for (const name of [...buildFiles, "gradle.properties"]) yield joined(folder, name);
  }
}

/** The nearest build file tells what the module is; those above may publish all of theirs. What nobody publishes stays at home. */
export function javaOfferOf(path: string, side: Side): Offer {
  let isNearest = true;
  let mayInherit = false;
  let hasParentAbove = false;
  for (const folder of foldersAbove(path)) {
    const texts = [...buildFiles, "gradle.properties"].map((name) => side.get(joined(folder, name)));
    const found = texts.filter((text) => typeof text === "string").map((text) => text.slice(0, textMax));
    if (found.length === 0) continue;
    if (isNearest && found.some(isApplication)) return "private";
    if (found.some(isPublished)) return "public";
    isNearest = false;
    mayInherit ||= found.some((text) => inherits.test(text));
    // The parent of the uppermost one is not in the repository.
    hasParentAbove = found.some((text) => foreignParent.test(text));
  }
  return isNearest || mayInherit || hasParentAbove ? "unknown" : "private";
}

/** Words by which a build file takes over what stands elsewhere. */
const inherits = /\bapply from\b|conventions?\b|["'](buildlogic|build-logic)/;
const foreignParent = /<parent>(?!\s{0,50}<groupId>\s{0,20}org\.springframework\.boot)/;

function isApplication(text: string): boolean {
  return (
    /<packaging>\s{0,20}(war|ear)\s{0,20}</.test(text) ||
    /<maven\.deploy\.skip>\s{0,20}true|<skipDeploy>\s{0,20}true|<skipPublishing>\s{0,20}true/.test(text) ||
    /<artifactId>\s{0,20}(spring-boot|quarkus|micronaut)-maven-plugin\s{0,20}</.test(text) ||
    /\bid[\s(]{1,4}["'](org\.springframework\.boot|application|war|com\.android\.application|io\.quarkus|io\.micronaut\.application|com\.google\.cloud\.tools\.jib)["']\)?(?!.{0,40}apply\s{1,4}false)/.test(
      text,
    ) ||
    /\balias\(\s{0,5}libs\.plugins\.[\w.]{0,40}(spring\.?boot(?!\.dep)|android\.application|quarkus)\)(?!\s{0,4}apply\s{1,4}false)/i.test(
      text,
    ) ||
    /apply plugin: {0,4}["'](application|war|org\.springframework\.boot|com\.android\.application)["']/.test(text)
  );
}

function isPublished(text: string): boolean {
  return (
    /maven-publish|maven\.publish|plugin-publish|\bpublishing\s{0,10}\{|\bmavenPublishing\b|["'][\w.-]{0,80}(publish|published)[\w.-]{0,40}["']/.test(
      text,
    ) ||
    /^(POM_ARTIFACT_ID|POM_NAME|POM_LICENCE_NAME)\s{0,10}=/m.test(text) ||
    /<distributionManagement>|central-publishing-maven-plugin|nexus-staging-maven-plugin|maven-gpg-plugin|<artifactId>\s{0,20}oss-parent/.test(
      text,
    )
  );
}

function joined(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** From the file's own folder up to the root, without those that only packages make. */
function foldersAbove(path: string): string[] {
  const source = path.search(/(^|\/)src\//);
  const folders: string[] = [];
  const start = source === -1 ? folderOf(path) : path.slice(0, source);
  for (let folder = start; folder !== ""; folder = folderOf(folder)) folders.push(folder);
  folders.push("");
  return folders.slice(0, depthMax);
}
