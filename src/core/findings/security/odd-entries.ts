import { isSuspiciousPath } from "../../policy/patterns.ts";
import { defineDetector, namesOf, type Observation, type ReadFile } from "../detector.ts";

/** Reports entries that are no plain files, and names that read as another one (T32, T33). */
export const oddEntries = defineDetector({
  id: "odd_entries",
  class: "security",
  title: "links, submodules and misleading names",
  why: "They lead rules about paths, and people, to the wrong place.",
  rules: {
    symlink_changed: {
      title: "a symbolic link was added or changed",
      why: "It can put any file in the place of another.",
      fix: "Commit the file itself, or say in the description what the link is for.",
      looksAt: "Entries that git stores as symbolic links.",
    },
    submodule_changed: {
      title: "a submodule points to another commit",
      why: "Its code comes in without being shown here.",
      fix: "Name the commits that come in with it, so that somebody can read them where they are.",
      looksAt: "Entries that git stores as commits of another repository.",
    },
    entry_type_changed: {
      title: "an entry became another type of entry",
      why: "A file became a link, or the other way round.",
      fix: "Make it two changes: take the old entry away, then add the new one.",
      looksAt: "The mode that git stores for each entry.",
    },
    executable_changed: {
      title: "a file was made executable, or no longer is",
      why: "What was text may now be run.",
      fix: "Take the executable bit off unless the file is meant to be run.",
      looksAt: "Files whose content stayed the same and whose mode did not.",
    },
    suspicious_name: {
      title: "a name reads as another one",
      why: "Control or bidirectional characters, look-alike letters, backslashes, `..` or a trailing dot or space mislead people and tools.",
      fix: "Rename the file.",
      looksAt: "Names of changed files, as they were and as they are.",
    },
  },
  detect: ({ files }) => ({ observations: files.flatMap(oddities) }),
});

function oddities(file: ReadFile): Observation[] {
  const found: Observation[] = [];
  const at = { path: file.path };
  const quoted = `\`${visible(file.path)}\``;
  if (file.mode === "120000")
    found.push({ rule: "symlink_changed", strength: "proven", what: `${quoted} is a symbolic link`, ...at });
  if (file.mode === "160000")
    found.push({ rule: "submodule_changed", strength: "proven", what: `${quoted} is a submodule`, ...at });
  if (file.status === "type_changed")
    found.push({
      rule: "entry_type_changed",
      strength: "proven",
      what: `${quoted} became another type of entry`,
      ...at,
    });
  if (isModeOnly(file))
    found.push({ rule: "executable_changed", strength: "likely", what: `the mode of ${quoted} changed`, ...at });
  if (namesOf(file).some((path) => isSuspiciousPath(path) || mixesScripts(path))) {
    found.push({
      rule: "suspicious_name",
      strength: "proven",
      what: `the name ${quoted} can be taken for another`,
      ...at,
    });
  }
  return found;
}

function isModeOnly(file: ReadFile): boolean {
  const isUnchanged = file.additions === 0 && file.deletions === 0 && !file.isBinary;
  return file.status === "modified" && isUnchanged && file.baseSha !== null && file.baseSha === file.headSha;
}

/** Holds when one word has Latin letters beside Cyrillic or Greek ones: nobody writes so but to deceive. */
export function mixesScripts(path: string): boolean {
  for (const [word] of path.normalize("NFC").matchAll(/\p{L}+/gu)) {
    if (/\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word)) return true;
  }
  return false;
}

/** Characters that cannot be seen are written out. */
function visible(path: string): string {
  return path.replace(/[\p{Cc}\p{Cf}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
