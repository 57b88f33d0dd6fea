import { matchesAny } from "../../policy/patterns.ts";
import { type DetectorInput, defineDetector, headText, type Observation, type ReadFile } from "../detector.ts";
import { isTest } from "../file-role.ts";
import { type Grammar, grammarOf } from "../syntax/grammars.ts";
import { readTree, type SyntaxNode } from "../syntax/read-tree.ts";

const read: readonly Grammar[] = [
  "javascript",
  "typescript",
  "tsx",
  "python",
  "go",
  "java",
  "c_sharp",
  "rust",
  "ruby",
  "php",
];

/** Reports loops that a change adds to hot paths of the policy (C5). */
export const loops = defineDetector({
  id: "loops",
  class: "performance",
  title: "loops in hot paths",
  why: "What runs once for each of many costs many times as much.",
  grammars: read,
  rules: {
    await_in_loop_added: {
      title: "a loop in a hot path waits in each round",
      why: "The rounds run one after the other, and each waits for the network or the disk.",
      fix: "Start them together and wait once, or ask for all in one request.",
      looksAt:
        "`await` on added lines inside of a loop, in files that the policy lists under `classification.performance.hot_paths`.",
      example: { language: "ts", diff: " for (const id of ids) {\n+  users.push(await load(id));" },
    },
    nested_loop_added: {
      title: "a loop inside of a loop was added to a hot path",
      why: "Its cost grows with the product of both.",
      fix: "Look things up in a map that is built once.",
      looksAt:
        "Loops on added lines inside of another loop of the same function, in files that the policy lists under `classification.performance.hot_paths`.",
      example: { language: "py", diff: " for order in orders:\n+    for user in users:" },
    },
  },
  contents: (files, options) => files.filter((file) => isHot(file, options)).map(({ path }) => path),
  detect: ({ files, contents, options }) => {
    const observations: Observation[] = [];
    const notAnalysed: { path: string; why: string }[] = [];
    for (const file of files.filter((one) => isHot(one, options))) {
      const found = loopsAdded(file, contents);
      if (found === null)
        notAnalysed.push({ path: file.path, why: "its syntax could not be read, so its loops are unknown" });
      else observations.push(...found);
    }
    return { observations, notAnalysed };
  },
});

function isHot(file: ReadFile, options: DetectorInput["options"]): boolean {
  const hot = options?.performance?.hot_paths;
  const grammar = grammarOf(file.path);
  if (hot === undefined || grammar === null || !read.includes(grammar)) return false;
  if (file.status === "removed" || file.leftOut !== null || isTest(file.path) || !matchesAny(hot, file.path))
    return false;
  return file.lines.some(
    ({ kind, text }) => kind === "added" && /\b(await|for|while|foreach|loop|do|each|map)\b/.test(text.slice(0, 1000)),
  );
}

function loopsAdded(file: ReadFile, contents: DetectorInput["contents"]): Observation[] | null {
  const text = headText(contents, file);
  const grammar = grammarOf(file.path);
  if (typeof text !== "string" || grammar === null) return null;
  const added = new Map(
    file.lines.filter(({ kind }) => kind === "added").map(({ line, text: after }) => [line, after.trim()]),
  );
  return readTree(grammar, text, (root) => {
    const observations: Observation[] = [];
    const stack: { node: SyntaxNode; loops: number }[] = [{ node: root, loops: 0 }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { node } = top;
      const line = node.startPosition.row + 1;
      const isLoop = loopTypes.test(node.type);
      if (top.loops > 0 && added.has(line) && (isLoop || isAwait(node))) {
        observations.push({
          rule: isLoop ? "nested_loop_added" : "await_in_loop_added",
          strength: "likely",
          what: isLoop ? "a loop runs inside of another one" : "each round of a loop waits for the one before",
          path: file.path,
          line,
          after: added.get(line) ?? null,
        });
      }
      // A function has loops of its own; where it is called from is not seen.
      const loops = functionTypes.test(node.type) ? 0 : top.loops + (isLoop ? 1 : 0);
      for (let child = node.namedChildCount - 1; child >= 0; child--) {
        const next = node.namedChild(child);
        if (next) stack.push({ node: next, loops });
      }
    }
    return [...new Map(observations.map((one) => [`${one.rule}:${one.line}`, one])).values()];
  });
}

const loopTypes =
  /^(for|while|do|foreach|until)(_in|_each)?_(statement|expression)$|^(enhanced_for_statement|for_each_statement|loop_expression|for|while|until)$/;
const functionTypes = /^(arrow_function|function|method|lambda|closure|local_function|func_literal)/;

/** `for await` waits in its head by design; what waits in the body counts. */
function isAwait(node: SyntaxNode): boolean {
  return node.type === "await" || node.type === "await_expression";
}
