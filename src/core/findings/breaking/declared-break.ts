import { CommitParser } from "conventional-commits-parser";
import { defineDetector, type Observation } from "../detector.ts";

/** Labels by which authors declare a breaking change, unless the policy names its own. */
export const breakingLabels = ["breaking", "breaking-change", "breaking change", "semver:major", "kind/api-change"];

/** Longest message looked at; what a person declares stands near its start or end. */
const messageCharactersMax = 20_000;

const parser = new CommitParser({
  // The parser's own header pattern does not know the `!` that the convention puts before the colon.
  headerPattern: /^(\w{0,50})(?:\(([\w$@.\-*/ ]{0,100})\))?!?: (.*)$/,
  breakingHeaderPattern: /^(\w{1,50})(?:\(([\w$@.\-*/ ]{0,100})\))?!: (.*)$/,
  noteKeywords: ["BREAKING CHANGE", "BREAKING-CHANGE", "BREAKING CHANGES"],
});

/** Reports what the author said: `!`, `BREAKING CHANGE`, a label (C1). @see https://www.conventionalcommits.org/en/v1.0.0/ */
export const declaredBreak = defineDetector({
  id: "declared_break",
  class: "breaking_change",
  title: "breaking changes that the author declared",
  why: "Authors know best; nearly all breaks that are found later were announced.",
  rules: {
    break_declared_in_title: {
      title: "the title says so with `!`",
      why: "The author declared a breaking change.",
      fix: "Say in the description what breaks and what users do about it; then one of the people the check names can release it.",
      looksAt: "Titles written like conventional commits: `feat!: …`, `fix(parser)!: …`.",
    },
    break_declared_in_description: {
      title: "the description says so",
      why: "The author declared a breaking change.",
      fix: "Say in the description what breaks and what users do about it; then one of the people the check names can release it.",
      looksAt:
        "A line of its own that begins `BREAKING CHANGE:`, outside of comments, with something said after it: `none` does not count.",
    },
    break_declared_in_commit: {
      title: "a commit message says so",
      why: "The author declared a breaking change.",
      fix: "Say in the description what breaks and what users do about it; then one of the people the check names can release it.",
      looksAt:
        "Commit messages with `!` before the colon of their first line, or a footer `BREAKING CHANGE:`. Merges are left alone, and so is the commit that the title was made of when title or description say so.",
    },
    break_declared_by_label: {
      title: "a label says so",
      why: "Somebody declared a breaking change.",
      fix: "Take the label off if nothing breaks; otherwise say in the description what users do about it.",
      looksAt:
        "The labels of `classification.breaking_change.labels`; where the policy names none: `breaking`, `breaking-change`, `breaking change`, `semver:major` and `kind/api-change`.",
    },
  },
  detect: ({ snapshot, options }) => {
    const observations: Observation[] = [];
    const add = (rule: string, what: string, after: string | null) =>
      observations.push({ rule, strength: "proven", what, after, isDeclared: true });
    if (declares(snapshot.title))
      add("break_declared_in_title", "the title declares a breaking change", snapshot.title);
    const footer = footerOf(snapshot.body);
    if (footer !== null) add("break_declared_in_description", "the description declares a breaking change", footer);
    const isTold = observations.length > 0;
    for (const commit of snapshot.commits) {
      if (commit.parents.length > 1 || !declares(commit.message)) continue;
      // GitHub makes title and description of a single commit's message: they are told already.
      if (isTold && titleOf(commit.message) === snapshot.title.trim()) continue;
      const what = `commit \`${commit.sha.slice(0, 7)}\` declares a breaking change`;
      add("break_declared_in_commit", what, titleOf(commit.message));
    }
    const wanted = new Set((options?.breaking_change?.labels ?? breakingLabels).map((label) => label.toLowerCase()));
    for (const { name } of snapshot.labels) {
      if (wanted.has(name.toLowerCase()))
        add("break_declared_by_label", `label \`${name}\` declares a breaking change`, name);
    }
    return { observations };
  },
});

function titleOf(message: string): string {
  return (message.split("\n", 1)[0] ?? "").trim();
}

function declares(message: string): boolean {
  const text = message.slice(0, messageCharactersMax).trim();
  if (text === "") return false;
  return parser.parse(text).notes.some(({ text: note }) => isMeant(note));
}

/** Descriptions are prose and come from templates: only a line of its own counts, outside of comments, and not "none". */
function footerOf(body: string): string | null {
  const text = withoutComments(body.slice(0, messageCharactersMax));
  for (const line of text.split("\n")) {
    const found = /^\s*(?:\*\*|#{1,4} ?)?BREAKING[ -]CHANGES?(?:\*\*)?:(?:\*\*)?\s*(.{1,300})/.exec(line)?.[1];
    if (found !== undefined && isMeant(found)) return found.trim();
  }
  return null;
}

function isMeant(note: string): boolean {
  return !/^[\s*_`(]*(none|no|not? applicable|nothing|n\/?a|-+|false)?[\s*_`).]*$/i.test(note.slice(0, 100));
}

function withoutComments(text: string): string {
  let rest = "";
  let at = 0;
  for (;;) {
    const start = text.indexOf("<!--", at);
    if (start === -1) return rest + text.slice(at);
    rest += text.slice(at, start);
    const end = text.indexOf("-->", start + 4);
    if (end === -1) return rest;
    at = end + 3;
  }
}
