import { expect, it } from "vitest";
import { type Change, findingsOf, type Story } from "../../../support/changes.ts";

async function cyclesIn(story: Story): Promise<string[]> {
  const findings = await findingsOf("architecture", story);
  return findings.filter(({ rule }) => rule === "import_cycle_added").map(({ what }) => what);
}

const gainsImport: Change = ["const a = 1;\n", 'import { b } from "./b.js";\nconst a = 1;\n'];

it.each<[string, Story, string[]]>([
  [
    "two files that import each other",
    { files: { "src/a.ts": gainsImport }, around: { "src/b.ts": 'import { a } from "./a.js";\n' } },
    ["`src/a.ts` imports `src/b.ts`, which leads back to it: `src/a.ts` → `src/b.ts` → `src/a.ts`"],
  ],
  [
    "a way over a third one, and an index",
    {
      files: { "src/a.ts": gainsImport },
      around: { "src/b.ts": 'export * from "./c";\n', "src/c/index.ts": 'import {\n  a,\n} from "../a";\n' },
    },
    ["`src/a.ts` imports `src/b.ts`, which leads back to it: `src/a.ts` → `src/b.ts` → `src/c/index.ts` → `src/a.ts`"],
  ],
  [
    "an import of types alone",
    { files: { "src/a.ts": gainsImport }, around: { "src/b.ts": 'import type { A } from "./a.js";\n' } },
    [],
  ],
  [
    "no way back",
    { files: { "src/a.ts": gainsImport }, around: { "src/b.ts": 'import "./c.js";\n', "src/c.ts": "" } },
    [],
  ],
  [
    "a cycle that was there before",
    {
      files: { "src/a.ts": ['import "./c.js";\n', 'import "./c.js";\nimport "./b.js";\n'] },
      around: { "src/b.ts": 'import "./a.js";\n', "src/c.ts": 'import "./b.js";\n' },
    },
    [],
  ],
  [
    "an import that only changed its names",
    {
      files: { "src/a.ts": ['import { b } from "./b.js";\n', 'import { b, c } from "./b.js";\n'] },
      around: { "src/b.ts": 'import "./a.js";\n' },
    },
    [],
  ],
  [
    "Python modules",
    {
      files: { "app/a.py": ["x = 1\n", "from .b import y\nx = 1\n"] },
      around: { "app/b.py": "from app.a import x\n" },
    },
    ["`app/a.py` imports `app/b.py`, which leads back to it: `app/a.py` → `app/b.py` → `app/a.py`"],
  ],
  [
    "a Python import inside of a function",
    {
      files: { "app/a.py": ["x = 1\n", "from .b import y\nx = 1\n"] },
      around: { "app/b.py": "def f():\n    from app.a import x\n" },
    },
    [],
  ],
  ["a test", { files: { "test/a.ts": gainsImport }, around: { "test/b.ts": 'import "./a.js";\n' } }, []],
])("%s → %j", async (_, story, expected) => {
  expect(await cyclesIn(story)).toEqual(expected);
});

it("says nothing where the texts are not at hand", async () => {
  expect(await cyclesIn({ files: { "src/a.ts": gainsImport, "src/b.ts": gainsImport }, isPatchOnly: true })).toEqual(
    [],
  );
});
