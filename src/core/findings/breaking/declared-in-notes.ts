import { defineDetector, type Observation, type ReadFile } from "../detector.ts";
import { nameOf } from "../file-role.ts";

/** Notes per file: the first tell enough. */
const perFileMax = 3;

/** Reports release notes and upgrade guides in which the change itself says that it breaks something (C1). */
export const declaredInNotes = defineDetector({
  id: "declared_in_notes",
  class: "breaking_change",
  title: "breaking changes that the release notes name",
  why: "The author tells users what will break.",
  rules: {
    break_declared_in_notes: {
      title: "the release notes name a breaking change",
      why: "The author tells users what will break.",
      looksAt:
        "Lines that the change adds to changelogs, release notes and upgrade guides. Notes that a release tool moves or gathers from earlier changes are left alone.",
      example: { language: "md", diff: "+### Breaking changes\n+- `load` no longer reads directories." },
      fix: "Keep the notes, and let one of the people the check names read them.",
    },
    upgrade_guide_changed: {
      title: "an upgrade guide was extended",
      why: "Upgrade guides tell what users have to do, which is rarely nothing.",
      looksAt: "Lines that the change adds to files called after upgrading or migrating.",
      fix: "Say in the description whether users have to do something, and what.",
    },
  },
  detect: ({ files }) => {
    const observations: Observation[] = [];
    // A release gathers what earlier changes declared, and touches little else.
    const isRelease = files.every((file) => isNotes(file.path) || isVersionFile(file.path));
    for (const file of isRelease ? [] : files) {
      if (isNotes(file.path)) observations.push(...declarations(file));
      if (isGuide(file.path)) observations.push(...additions(file));
    }
    return { observations };
  },
});

function declarations(file: ReadFile): Observation[] {
  // A file that was moved or split brings old notes along.
  if (file.status === "renamed" || (file.status === "added" && !isFragment(file.path))) return [];
  const said = file.lines.filter(({ kind, text }) => kind === "added" && declares(text.slice(0, 500)));
  const before = new Set(file.lines.filter(({ kind }) => kind === "removed").map(({ text }) => text.trim()));
  return said
    .filter(({ text }) => !before.has(text.trim()))
    .slice(0, perFileMax)
    .map(({ text, line }) => ({
      rule: "break_declared_in_notes",
      strength: "likely",
      what: "the release notes name a breaking change",
      path: file.path,
      line,
      after: text.trim().slice(0, 300),
      isDeclared: true,
    }));
}

function additions(file: ReadFile): Observation[] {
  const first = file.lines.find(({ kind, text }) => kind === "added" && text.trim() !== "");
  if (!first) return [];
  return [
    {
      rule: "upgrade_guide_changed",
      strength: "hint",
      what: `the upgrade guide \`${nameOf(file.path)}\` gained lines`,
      path: file.path,
      line: first.line,
      after: first.text.trim().slice(0, 300),
    },
  ];
}

/** A heading, a marker or a sentence; not "no breaking changes", and not "non-breaking". */
function declares(text: string): boolean {
  if (/\b(?:no|not|non|without|any)[ -]{1,3}(?:a )?breaking\b/i.test(text)) return false;
  return /\bbreaking[ _-]?changes?\b|:breaking:|\bbreaking\b\s{0,3}[:*)\]]|[*[(]breaking\b|\bbackwards?[ -]incompatible\b|^\s{0,3}["']?[@\w/-]{1,80}["']?:\s{0,3}major\s{0,3}$/i.test(
    text,
  );
}

const notesName = /^(changelog|changes|history|news|release[-_ ]?notes?|releases|whats[-_ ]?new)\b[^/]{0,60}$/i;
const notesFolder = /(^|\/)(release[-_]?notes?|changelogs?|changelog\.d|newsfragments|\.changeset|\.changes)\//i;

function isNotes(path: string): boolean {
  const isText = /\.(md|mdx|rst|txt|adoc|org)$|(^|\/)[A-Z]{4,12}$/.test(path);
  return isText && (notesName.test(nameOf(path)) || notesFolder.test(path) || isGuide(path));
}

/** One file for each change, which a release gathers. */
function isFragment(path: string): boolean {
  return /(^|\/)(changelog\.d|newsfragments|\.changeset|\.changes)\//i.test(path);
}

function isGuide(path: string): boolean {
  return /(^|\/)(upgrad(e|ing)|migrat(e|ion|ing)|breaking)[^/]{0,60}\.(md|mdx|rst|txt|adoc)$|(^|\/)(upgrad(e|ing)|migration)s?\/[^/]{1,100}\.(md|mdx|rst|adoc)$/i.test(
    path,
  );
}

function isVersionFile(path: string): boolean {
  return /^(package(-lock)?\.json|Cargo\.(toml|lock)|pyproject\.toml|version(\.[a-z]{1,5})?|lerna\.json|\.release-please-manifest\.json|pnpm-lock\.yaml|yarn\.lock)$/i.test(
    nameOf(path),
  );
}
