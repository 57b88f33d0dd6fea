import { defineDetector, type Observation } from "../../detector.ts";
import { type GoneName, goneNames, type UserKind } from "./gone-names.ts";

/** Findings of one rule in one change: the names that most had to adapt to. */
const perRuleMax = 5;

/**
 * Reports names that are gone where those who used them had to adapt (C1). Tests, examples, documentation and callers in the same repository
 * are users too: what they had to change, others will have to.
 */
export const adaptedUsage = defineDetector({
  id: "adapted_usage",
  class: "breaking_change",
  title: "users in the same repository that had to adapt",
  why: "What tests, examples and documentation had to change, others will have to change too.",
  rules: {
    documented_name_gone: {
      title: "a name that the documentation used is gone",
      why: "Whoever followed the documentation still uses it.",
      fix: "Keep the old name working, or say in the documentation what takes its place.",
      looksAt:
        "Names that were declared in removed lines of the source, stood in removed lines of the documentation, and appear in no added line of the change.",
      example: { language: "md", diff: "-Call `loadAll()` once at the start.\n+Call `open()` once at the start." },
    },
    tested_name_gone: {
      title: "a name that tests or examples used is gone",
      why: "The tests had to be changed to pass; the code of others will have to be, too.",
      fix: "Keep the old name working until the next major version.",
      looksAt:
        "Names that were declared in removed lines of the source, stood in removed lines of tests that are still there, and appear in no added line of the change.",
      example: { language: "ts", diff: '-expect(loadAll("a")).toEqual([]);\n+expect(open("a").items).toEqual([]);' },
    },
    used_name_gone: {
      title: "a name that other files used is gone",
      why: "Its callers in this repository had to change; callers elsewhere have to, too.",
      fix: "Keep the old name as an alias, marked as deprecated.",
      looksAt:
        "Names that were declared in removed lines of one source file, stood in removed lines of others, and appear in no added line of the change.",
      example: { language: "go", diff: "-\tclient.LoadAll(ctx)\n+\tclient.Open(ctx)" },
    },
  },
  detect: ({ files }) => {
    const gone = goneNames(files);
    return {
      observations: [
        ...observe(
          "documented_name_gone",
          "documentation",
          gone,
          (count) =>
            `${count === 1 ? "the documentation" : `${count} pages of documentation`} no longer ${count === 1 ? "names" : "name"} it`,
        ),
        ...observe(
          "tested_name_gone",
          "tests",
          gone,
          (count) => `${count === 1 ? "a test" : `${count} test files`} that used it had to change`,
        ),
        ...observe(
          "used_name_gone",
          "source",
          gone,
          (count) => `${count === 1 ? "another file" : `${count} other files`} that used it had to change`,
        ),
      ],
    };
  },
});

function observe(
  rule: string,
  kind: UserKind,
  gone: readonly GoneName[],
  says: (count: number) => string,
): Observation[] {
  const found = gone
    .map(({ name, users }) => ({ name, places: users.get(kind) ?? [] }))
    .filter(({ places }) => places.length > 0)
    .sort((a, b) => b.places.length - a.places.length);
  return found.slice(0, perRuleMax).map(({ name, places }) => ({
    rule,
    strength: "hint",
    what: `\`${name}\` is gone from the source, and ${says(places.length)}`,
    path: places[0]?.path ?? null,
    line: places[0]?.line ?? null,
    side: "base",
    before: places[0]?.text.trim().slice(0, 300) ?? null,
    symbol: name,
  }));
}
