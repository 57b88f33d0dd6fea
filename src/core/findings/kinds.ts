/**
 * Recognises changes of a plain kind (C6). Three of them may open a gate by themselves, so they look at every file, under both names, and
 * at what it is, not only what it is called (T61); whoever writes a change chooses its names and its title.
 */

import { isSuspiciousPath } from "../policy/patterns.ts";
import type { Snapshot } from "../snapshot.ts";
import { changesOnlyVersions } from "./dependency-lines.ts";
import { namesOf, type ReadFile } from "./detector.ts";
import { isCode, isTest, isWorkflow, nameOf } from "./file-role.ts";
import type { ChangeKind } from "./finding.ts";
import { languageOf } from "./language.ts";
import { lockOf, manifestOf } from "./manifests.ts";
import { mixesScripts } from "./security/odd-entries.ts";

export function recogniseKinds(snapshot: Snapshot, files: readonly ReadFile[]): ChangeKind[] {
  const kinds: ChangeKind[] = [];
  // A list that was cut off could hide anything behind its end.
  const isListWhole = !snapshot.incomplete.some(({ what }) => what === "files");
  if (isListWhole && files.length > 0) {
    if (files.every(isPlainDocumentation)) kinds.push("documentation_only");
    if (files.every(isPlainTest)) kinds.push("tests_only");
    if (files.every(isBump)) kinds.push("dependency_bump");
  }
  if (isRevert(snapshot)) kinds.push("revert");
  return kinds;
}

/** Plain files only: no links, submodules, executables or names that mislead. */
function isPlain(file: ReadFile): boolean {
  const isPlainMode = file.mode === null || file.mode === "100644";
  return (
    isPlainMode &&
    file.status !== "type_changed" &&
    namesOf(file).every((path) => !isSuspiciousPath(path) && !mixesScripts(path))
  );
}

const prose = /\.(md|markdown|mdown|rst|adoc|asciidoc|textile|org|pod|rdoc|wiki)$/i;
const proseNames =
  /^(README|LICEN[CS]E|COPYING|NOTICE|AUTHORS|CONTRIBUTORS|MAINTAINERS|CHANGELOG|CHANGES|HISTORY|CODE_OF_CONDUCT|CONTRIBUTING|SECURITY|SUPPORT)(\.txt)?$/i;
const pictures = /\.(png|jpe?g|gif|webp|avif)$/i;
const documentationFolder = /(^|\/)(docs?|documentation)\//i;

/** Prose that machines obey: instructions to agents, release notes that decide versions. */
const obeyed =
  /(^|\/)(AGENTS|CLAUDE|GEMINI|SKILL|copilot-instructions)\.md$|(^|\/)(\.changeset|\.cursor|\.claude|prompts?)\/|\.(prompt|instructions|agent|chatmode)\.md$/i;

function isPlainDocumentation(file: ReadFile): boolean {
  return isPlain(file) && namesOf(file).every(isDocumentationPath);
}

function isDocumentationPath(path: string): boolean {
  if (obeyed.test(path) || isWorkflow(path) || manifestOf(path) !== null || lockOf(path) !== null) return false;
  if (prose.test(path) || proseNames.test(nameOf(path))) return true;
  return documentationFolder.test(path) && (pictures.test(path) || path.endsWith(".txt"));
}

/** Tests are run too, by the build: what they may bring is code and data beside them, never configuration or dependencies. */
function isPlainTest(file: ReadFile): boolean {
  const isTestPath = (path: string) =>
    isTest(path) &&
    manifestOf(path) === null &&
    lockOf(path) === null &&
    !isWorkflow(path) &&
    !/(^|\/)\.|config\.[cm]?[jt]s$/i.test(path);
  return (
    isPlain(file) &&
    !file.isBinary &&
    namesOf(file).every((path) => isTestPath(path) && (isCode(path) || isTestData(path)))
  );
}

function isTestData(path: string): boolean {
  const type = languageOf(path)?.type;
  return type === "data" || type === "prose" || /\.(snap|txt)$/.test(path);
}

/** Lock files, and manifests in which nothing but versions changed. */
function isBump(file: ReadFile): boolean {
  if (!isPlain(file) || (file.status !== "modified" && lockOf(file.path) === null)) return false;
  if (namesOf(file).every((path) => lockOf(path) !== null)) return true;
  return (
    namesOf(file).every((path) => manifestOf(path) !== null) && file.patch !== null && changesOnlyVersions(file.lines)
  );
}

/** What GitHub and git write when something is reverted. It is the author's word: it may add a checkpoint, and proves nothing. */
function isRevert({ title, body, commits }: Snapshot): boolean {
  if (/^revert(\([^)]{0,100}\))?!?:|^revert "/i.test(title.trim())) return true;
  const says = (text: string) => /^This reverts (commit [0-9a-f]{7,64}|pull request )/m.test(text.slice(0, 20_000));
  return (
    says(body) ||
    /^Reverts \S{1,200}#\d+\s*$/m.test(body.slice(0, 20_000)) ||
    // One of several commits may take back another of them, which rolls nothing back.
    (commits.length > 0 && commits.every(({ message, parents }) => parents.length > 1 || says(message)))
  );
}
