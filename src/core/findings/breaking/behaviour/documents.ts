import { basePath, defineDetector, type Observation, type ReadFile } from "../../detector.ts";
import type { PatchLine } from "../../patch-lines.ts";
import { documentedDefault, isGuide, type NamedThing, tellsOfBreak, thingOf } from "./document-lines.ts";
import { addedTexts, editsOf, likeness, replacer, trimmed } from "./edits.ts";

/** Reports what documentation no longer offers, and what it tells users to adapt to (C1). */
export const documents = defineDetector({
  id: "documents",
  class: "breaking_change",
  title: "what documentation takes back",
  why: "What is documented is promised; authors rarely take it back without a break.",
  rules: {
    docs_flag_removed: {
      title: "the documentation no longer names a flag",
      why: "Whoever passes it may be refused.",
      looksAt: "Flags such as `--output` that began a line of a guide and that no added line names.",
      example: { language: "md", diff: "-- `--legacy` keeps the old format" },
    },
    docs_option_removed: {
      title: "the documentation no longer names an option",
      why: "Whoever sets it may be ignored or refused.",
      looksAt: "List items and table rows that began with a name in back-ticks which no added line names.",
      example: { language: "md", diff: "-| `retries` | number | `3` |" },
    },
    docs_heading_removed: {
      title: "a section of the documentation was removed",
      why: "What it explained may be gone.",
      looksAt: "Headings without a similar heading among the added lines.",
    },
    docs_page_removed: {
      title: "a page of the documentation was removed",
      why: "What it explained may be gone.",
    },
    docs_default_changed: {
      title: "the documentation gives another default",
      why: "Users who set nothing get something else.",
      looksAt: "A line about a default of which little more than the value changed.",
      example: { language: "md", diff: "-Default: `20`\n+Default: `10`" },
    },
    docs_example_changed: {
      title: "an example in the documentation had to change",
      why: "Users wrote what the example showed.",
      looksAt: "Lines of code blocks in guides replaced by similar lines.",
    },
    docs_tell_of_break: {
      title: "the documentation tells users to adapt",
      why: "Wording such as “no longer”, “migrate” or “was removed” was added.",
    },
  },
  detect: ({ files }) => {
    const kept = addedTexts(files);
    const named = namedIn(files);
    const isKept = (line: PatchLine) => kept.has(trimmed(line));
    return { observations: files.flatMap((file) => observe(file, isKept, named)) };
  },
});

function observe(file: ReadFile, isKept: (line: PatchLine) => boolean, named: string): Observation[] {
  if (file.leftOut !== null) return [];
  if (!isGuide(basePath(file))) return [];
  if (file.status === "removed") return pageRemoved(file, isKept);
  return [...thingsGone(file, isKept, named), ...replaced(file), ...told(file)];
}

const ruleOf: Readonly<Record<NamedThing["kind"], string>> = {
  flag: "docs_flag_removed",
  heading: "docs_heading_removed",
  option: "docs_option_removed",
};
const nounOf: Readonly<Record<NamedThing["kind"], string>> = {
  flag: "flag",
  heading: "section",
  option: "option",
};

/** Things that lines of the guide introduced and that nothing added speaks of. */
function thingsGone(file: ReadFile, isKept: (line: PatchLine) => boolean, named: string): Observation[] {
  const found = new Map<string, Observation>();
  const headings = file.lines.filter((line) => line.kind === "added" && thingOf(line.text)?.kind === "heading");
  for (const line of file.lines) {
    if (line.kind !== "removed" || isKept(line)) continue;
    const thing = thingOf(line.text);
    if (thing === null || thing.name === "") continue;
    const rule = ruleOf[thing.kind];
    if (found.has(rule)) continue;
    const isStill =
      thing.kind === "heading"
        ? headings.some(({ text }) => text.includes(thing.name) || likeness(text, line.text) >= 0.5)
        : named.includes(thing.name);
    if (isStill) continue;
    const what = `the documentation no longer has ${nounOf[thing.kind]} \`${thing.name.replaceAll("`", "")}\``;
    found.set(rule, { ...atBase(file, rule, line), what, symbol: thing.name });
  }
  return [...found.values()];
}

/** All lines added to guides, changelogs left out: those also name what is gone. */
function namedIn(files: readonly ReadFile[]): string {
  const texts: string[] = [];
  for (const file of files) {
    if (!isGuide(file.path)) continue;
    for (const { kind, text } of file.lines) if (kind === "added") texts.push(text.slice(0, 500));
  }
  return texts.join("\n");
}

/** Defaults and examples that changed in place. */
function replaced(file: ReadFile): Observation[] {
  const found = new Map<string, Observation>();
  for (const edit of editsOf(file)) {
    const replacedBy = replacer(edit);
    for (const before of edit.removed) {
      const after = replacedBy(before);
      if (after === null) continue;
      const [was, is] = [documentedDefault(before.text), documentedDefault(after.text)];
      const isDefault = was !== null && is !== null && was !== is;
      const rule = isDefault ? "docs_default_changed" : isCode(before.text) ? "docs_example_changed" : null;
      if (rule === null || found.has(rule) || !differsInCode(before.text, after.text)) continue;
      const what = isDefault ? "the documentation gives another default" : "an example in the documentation changed";
      found.set(rule, {
        rule,
        strength: "hint",
        what,
        path: file.path,
        line: after.line,
        counterLine: before.line,
        before: trimmed(before).slice(0, 200),
        after: trimmed(after).slice(0, 200),
      });
    }
  }
  return [...found.values()];
}

/** Code rather than prose, as far as one line shows. */
function isCode(text: string): boolean {
  const line = text.slice(0, 500).trim();
  return (
    /[;{}()=]$|^(?:import|from|const|let|var|await|return|use|npx|npm|pip|cargo|go|\$|@)\s|^["']?[\w.-]{1,60}["']?\s?[:=]\s?\S|\w\(.{0,200}\)/.test(
      line,
    ) && !/^[#|>*-]\s|\.$/.test(line)
  );
}

/** Addresses of pages move without anything else. */
function differsInCode(before: string, after: string): boolean {
  const words = (text: string) =>
    (
      text
        .slice(0, 500)
        .replace(/https?:\/\/[^\s"'`<>)]{1,400}/g, " ")
        .match(/[\w$.@/-]+/g) ?? []
    ).join(" ");
  return words(before) !== words(after);
}

function told(file: ReadFile): Observation[] {
  const line = file.lines.find(({ kind, text }) => kind === "added" && tellsOfBreak(text));
  const hadIt =
    line !== undefined && file.lines.some((one) => one.kind === "removed" && likeness(one.text, line.text) >= 0.6);
  if (line === undefined || hadIt) return [];
  return [{ ...atHead(file, "docs_tell_of_break", line), what: "the documentation tells users to adapt" }];
}

function pageRemoved(file: ReadFile, isKept: (line: PatchLine) => boolean): Observation[] {
  const lines = file.lines.filter((line) => line.kind === "removed" && trimmed(line) !== "");
  const gone = lines.filter((line) => !isKept(line));
  const first = gone[0];
  if (first === undefined || gone.length < lines.length / 2) return [];
  return [{ ...atBase(file, "docs_page_removed", first), what: "a page of the documentation was removed" }];
}

function atBase(file: ReadFile, rule: string, line: PatchLine): Omit<Observation, "what"> {
  return {
    rule,
    strength: "hint",
    path: basePath(file),
    line: line.line,
    side: "base",
    before: trimmed(line).slice(0, 200),
  };
}

function atHead(file: ReadFile, rule: string, line: PatchLine): Omit<Observation, "what"> {
  return { rule, strength: "hint", path: file.path, line: line.line, after: trimmed(line).slice(0, 200) };
}
