import fc from "fast-check";
import { expect, it } from "vitest";
import { patchDigests } from "../../../src/core/findings/patch-digest.ts";
import type { ChangedFile } from "../../../src/core/snapshot.ts";
import { aFile } from "../../support/builders.ts";

const file = (patch: string | null, more: Partial<ChangedFile> = {}) =>
  aFile("src/a.ts", { patch, additions: 1, deletions: 1, ...more });
const was = file("@@ -1,2 +1,2 @@ function a() {\n line\n-old\n+new");

it.each([
  { name: "the same", now: was, same: true },
  { name: "further down", now: file("@@ -101,2 +91,2 @@ function a() {\n line\n-old\n+new"), same: true },
  { name: "under another heading", now: file("@@ -1,2 +1,2 @@ class B\n line\n-old\n+new"), same: true },
  { name: "on other blobs", now: file(was.patch, { baseSha: "1", headSha: "2" }), same: true },
  { name: "another line added", now: file("@@ -1,2 +1,2 @@\n line\n-old\n+newer"), same: false },
  { name: "another line around", now: file("@@ -1,2 +1,2 @@\n other\n-old\n+new"), same: false },
  { name: "another path", now: { ...was, path: "src/b.ts" }, same: false },
  { name: "a rename", now: { ...was, previousPath: "src/b.ts", status: "renamed" as const }, same: false },
  { name: "another mode", now: { ...was, mode: "100755" }, same: false },
])("$name → same change: $same", ({ now, same }) => {
  expect(patchDigests([now]).whole === patchDigests([was]).whole).toBe(same);
});

it.each([
  { name: "no patch, no blobs", one: file(null), known: false },
  { name: "no patch, one blob", one: file(null, { headSha: "2" }), known: false },
  { name: "no patch, both blobs", one: file(null, { baseSha: "1", headSha: "2" }), known: true },
  { name: "no patch, a new file's blob", one: file(null, { status: "added", headSha: "2" }), known: true },
  { name: "a patch that is cut off", one: file(was.patch, { additions: 2 }), known: false },
  { name: "a binary file without blobs", one: file(was.patch, { isBinary: true }), known: false },
  {
    name: "a pure move",
    one: file(null, { status: "renamed", previousPath: "b", additions: 0, deletions: 0 }),
    known: true,
  },
  { name: "nothing but a mode, without blobs", one: file(null, { additions: 0, deletions: 0 }), known: false },
])("$name → can be told: $known", ({ one, known }) => {
  const digests = patchDigests([was, { ...one, path: "src/z.ts" }]);
  expect(digests.whole !== null).toBe(known);
  expect(digests.byPath["src/z.ts"] !== null).toBe(known);
  expect(digests.byPath["src/a.ts"]).not.toBeNull();
});

it("does not mind the order of files, and tells no two changes for one", () => {
  const lines = fc.array(fc.constantFrom("+a", "-a", " a", "+@@ x", "+a\\n", "-"), { minLength: 1, maxLength: 6 });
  const patches = lines.map((all) => `@@ -1 +1 @@\n${all.join("\n")}`);
  fc.assert(
    fc.property(patches, patches, (one, two) => {
      const plain = { additions: 0, deletions: 0 };
      const a = aFile("a", { ...plain, patch: one });
      const b = aFile("b", { ...plain, patch: two });
      expect(patchDigests([a, b]).whole).toBe(patchDigests([b, a]).whole);
      const other = patchDigests([aFile("a", { ...plain, patch: two })]).whole;
      if (one !== two && other !== null) expect(patchDigests([a]).whole).not.toBe(other);
    }),
  );
});

it("tells a renamed file's change under both of its names, and joins what touches one name", () => {
  const moved = aFile("src/new.ts", { previousPath: "src/old.ts", status: "renamed" });
  const alone = patchDigests([moved]).byPath;
  expect(alone["src/old.ts"]).toBe(alone["src/new.ts"]);
  const both = patchDigests([moved, aFile("src/old.ts", { status: "added" })]).byPath;
  expect(both["src/new.ts"]).toBe(alone["src/new.ts"]);
  expect(both["src/old.ts"]).not.toBe(alone["src/old.ts"]);
  const unknown = aFile("src/old.ts", { patch: null, status: "added" });
  expect(patchDigests([moved, unknown]).byPath["src/old.ts"]).toBeNull();
});
