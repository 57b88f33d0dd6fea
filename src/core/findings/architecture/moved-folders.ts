import { defineDetector, type Observation, type ReadFile } from "../detector.ts";

/** From how many files moved alike a folder counts as moved, and from how many it surely did. */
const filesMin = 5;
const filesSure = 15;

/** Reports folders whose files moved together (C4). */
export const movedFolders = defineDetector({
  id: "moved_folders",
  class: "architecture",
  title: "moved folders",
  why: "Paths are addresses: of imports, owners, build rules and people's memory.",
  rules: {
    folder_moved: {
      title: "a folder moved",
      why: "Imports, owners and build rules that name the old place no longer meet it.",
      fix: "Look for the old path in build files, in code owners and in the documentation.",
      looksAt: "Five or more files that were renamed from one folder into another.",
    },
  },
  detect: ({ files }) => {
    const observations: Observation[] = [];
    for (const [move, moved] of movesOf(files)) {
      if (moved.length < filesMin) continue;
      const [from, to] = move.split("\n");
      observations.push({
        rule: "folder_moved",
        strength: moved.length >= filesSure ? "proven" : "likely",
        what: `${moved.length} files moved from \`${from || "the root"}\` to \`${to || "the root"}\``,
        path: moved[0]?.path ?? null,
        before: from ?? null,
        after: to ?? null,
      });
    }
    return { observations };
  },
});

function movesOf(files: readonly ReadFile[]): Map<string, ReadFile[]> {
  const moves = new Map<string, ReadFile[]>();
  for (const file of files) {
    if (file.status !== "renamed" || file.previousPath === null || file.leftOut === "vendored") continue;
    const [from, to] = differingFolders(file.previousPath, file.path);
    if (from === to) continue;
    const key = `${from}\n${to}`;
    const known = moves.get(key);
    if (known) known.push(file);
    else moves.set(key, [file]);
  }
  return moves;
}

/** `a/b/c/x.ts` and `d/b/c/x.ts` → `a` and `d`: what is the same at the end did not move by itself. */
function differingFolders(before: string, after: string): [string, string] {
  const old = before.split("/").slice(0, -1);
  const now = after.split("/").slice(0, -1);
  while (old.length > 0 && now.length > 0 && old.at(-1) === now.at(-1)) {
    old.pop();
    now.pop();
  }
  return [old.join("/"), now.join("/")];
}
