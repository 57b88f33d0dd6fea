import { expect, it } from "vitest";
import { type Change, classifyStory, findingsOf } from "../../../support/changes.ts";

const options = { performance: { hot_paths: ["hot/**"] } };

it.each<[string, Record<string, Change>, string[]]>([
  [
    "an await in a loop",
    { "hot/a.ts": ["for (const a of b) {\n}\n", "for (const a of b) {\n  await c(a);\n}\n"] },
    ["await_in_loop_added hot/a.ts:2"],
  ],
  [
    "an await that stood there before",
    {
      "hot/a.ts": [
        "for (const a of b) {\n  await c(a);\n}\n",
        "for (const a of b) {\n  await c(a);\n  d();\n}\nwhile (x) y();\n",
      ],
    },
    [],
  ],
  ["an await beside loops", { "hot/a.ts": ["\n", "await c();\nfor (const a of b) d(a);\n"] }, []],
  [
    "a function in a loop that waits by itself",
    { "hot/a.ts": ["\n", "for (const a of b) {\n  run(async () => {\n    await c(a);\n  });\n}\n"] },
    [],
  ],
  [
    "a loop in a loop in Python",
    { "hot/a.py": ["for a in b:\n    pass\n", "for a in b:\n    for c in d:\n        pass\n"] },
    ["nested_loop_added hot/a.py:2"],
  ],
  [
    "a loop in a loop in Go",
    { "hot/a.go": ["package a\n", "package a\nfunc f() {\n  for range b {\n    for range c {\n    }\n  }\n}\n"] },
    ["nested_loop_added hot/a.go:4"],
  ],
  [
    "a loop in a loop in Rust",
    { "hot/a.rs": ["\n", "fn f() {\n  for a in b {\n    loop { }\n  }\n}\n"] },
    ["nested_loop_added hot/a.rs:3"],
  ],
  ["the same outside of hot paths", { "cold/a.py": ["\n", "for a in b:\n    for c in d:\n        pass\n"] }, []],
  ["a test of a hot path", { "hot/a.test.ts": ["\n", "for (const a of b) {\n  await c(a);\n}\n"] }, []],
  ["a text that is broken", { "hot/a.ts": ["\n", "(((( await \n for )))\n"] }, []],
])("%s → %j", async (_, files, expected) => {
  const findings = await findingsOf("performance", { files, options });
  const found = findings.filter(({ rule }) => rule.includes("loop"));
  expect(found.map(({ rule, path, line }) => `${rule} ${path}:${line}`)).toEqual(expected);
});

it("names a hot file whose text is not there", async () => {
  const { notAnalysed } = await classifyStory({
    files: { "hot/a.ts": ["\n", "for (const a of b) await c(a);\n"] },
    options,
    isPatchOnly: true,
  });
  expect(notAnalysed.map(({ path }) => path)).toContain("hot/a.ts");
});
