import { defineDetector, type Observation, type ReadFile } from "../detector.ts";
import { isInternal, isSource } from "../file-role.ts";

/** What keeps results of work, in the forms of common languages and libraries: decorators, wrappers, and calls on something called a cache. */
const caches =
  /@(?:functools\.)?(?:lru_cache|cache|cached|cached_property|Cacheable|CacheResult|Memoize)\b|\b(?:memoize|memoise|lru_cache|useMemo|React\.memo|unstable_cache|cacheFor|sync\.Once|OnceLock|OnceCell|lazy_static|LazyLock)\b|\b\w{0,40}[cC]ache\.(?:get|set|has|put|fetch|getOrSet|get_or_set|read|write|wrap)\(/;

/** Reports product code that stops keeping the results of work, and queries that are rewritten (C5). */
export const cachedWork = defineDetector({
  id: "cached_work",
  class: "performance",
  title: "caches and queries",
  why: "What was done once is done each time.",
  rules: {
    cache_removed: {
      title: "a cache is no longer used",
      why: "What was done once is done each time.",
      fix: "Measure how often it runs, and say so in the description.",
      looksAt:
        "Removed lines of product code that used a cache, a memo or a lazy value, where no added line of the same file does.",
      example: { language: "py", diff: "-@lru_cache\n def rates():" },
    },
    query_changed: {
      title: "a database query was rewritten",
      why: "Another query is another plan: it may read whole tables.",
      fix: "Look at its plan on data of real size.",
      looksAt: "Product code in which a line of SQL is removed and another one added.",
      example: {
        language: "py",
        diff: '-"SELECT id FROM users WHERE mail = %s"\n+"SELECT id FROM users WHERE lower(mail) = %s"',
      },
    },
  },
  detect: ({ files }) => ({
    observations: files.filter(isProduct).flatMap((file) => [...cacheRemoved(file), ...queryChanged(file)]),
  }),
});

function isProduct(file: ReadFile): boolean {
  return file.leftOut === null && file.status === "modified" && isSource(file.path) && !isInternal(file.path);
}

function cacheRemoved(file: ReadFile): Observation[] {
  const gone = file.lines.find(({ kind, text }) => kind === "removed" && caches.test(text.slice(0, 500)));
  if (!gone || file.lines.some(({ kind, text }) => kind !== "removed" && caches.test(text.slice(0, 500)))) return [];
  return [
    {
      rule: "cache_removed",
      strength: "hint",
      what: "a cache is no longer used",
      path: file.path,
      line: gone.line,
      side: "base",
      before: gone.text.trim(),
    },
  ];
}

const query =
  /\b(?:SELECT\b.{1,300}\bFROM|UPDATE\b.{1,200}\bSET|DELETE\s+FROM|INSERT\s+INTO|JOIN\s+\w{1,100}\s+ON|WHERE\s+\w|ORDER\s+BY|GROUP\s+BY)\b/;

function queryChanged(file: ReadFile): Observation[] {
  if (/(^|\/)(migrations?|migrate|alembic)\//i.test(file.path)) return [];
  const before = file.lines.find(({ kind, text }) => kind === "removed" && query.test(text.slice(0, 1000)));
  const after = file.lines.find(({ kind, text }) => kind === "added" && query.test(text.slice(0, 1000)));
  if (!before || !after || before.text.trim() === after.text.trim()) return [];
  return [
    {
      rule: "query_changed",
      strength: "hint",
      what: "a database query was rewritten",
      path: file.path,
      line: after.line,
      counterLine: before.line,
      before: before.text.trim(),
      after: after.text.trim(),
    },
  ];
}
