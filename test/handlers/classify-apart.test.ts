import { expect, it, onTestFinished } from "vitest";
import { policySchema } from "../../src/core/policy/schema.ts";
import { createClassifier } from "../../src/handlers/classify-apart.ts";
import type { ClassifyInput } from "../../src/handlers/ports.ts";
import { aFile, aSnapshot } from "../support/builders.ts";

const options = policySchema.parse({}).classification;

function aChange(filesCount: number): ClassifyInput {
  const files = Array.from({ length: filesCount }, (_, i) => aFile(`docs/page-${i}.md`));
  return { snapshot: aSnapshot({ files }), contents: { base: new Map(), head: new Map() }, options };
}

function aClassifier() {
  const classifier = createClassifier(1);
  onTestFinished(() => classifier.close());
  return classifier;
}

it("a large change is classified in a process of its own as a small one is here", async () => {
  const classifier = aClassifier();
  const [small, large] = await Promise.all([classifier.classify(aChange(3)), classifier.classify(aChange(300))]);
  expect(small).toMatchObject({ kinds: ["documentation_only"], size: { files: 3 } });
  expect(large).toMatchObject({ kinds: ["documentation_only"], size: { files: 300 } });
});

it("several large changes share a process, each with its own answer", async () => {
  const classifier = aClassifier();
  const counts = [100, 200, 300];
  const classified = await Promise.all(counts.map((count) => classifier.classify(aChange(count))));
  expect(classified.map(({ size }) => size.files)).toEqual(counts);
});

it("what is closed while it works says so", async () => {
  const classifier = aClassifier();
  const lost = expect(classifier.classify(aChange(2_000))).rejects.toThrow("ended");
  await classifier.close();
  await lost;
});

it("a text that crashes the process is named, and the rest of the change is classified all the same", async () => {
  const classifier = createClassifier(1, new URL("../support/crashing-classifier.ts", import.meta.url));
  onTestFinished(() => classifier.close());
  const change = aChange(300);
  const texts = new Map([["docs/page-7.md", "crash"]]);
  const [hit, spared] = await Promise.all([
    classifier.classify({ ...change, contents: { base: texts, head: texts } }),
    classifier.classify(aChange(200)),
  ]);
  expect(hit.size.files).toBe(300);
  expect(hit.notAnalysed).toEqual([
    { path: "docs/page-7.md", why: "its text could not be analysed: that took too long or failed" },
  ]);
  expect(spared.size.files).toBe(200);
});

it("the texts that a large change needs are told by a process, too, and none where it dies of them", async () => {
  const change = aChange(300);
  const files = [...change.snapshot.files, aFile("package.json", { patch: '@@ -1 +1 @@\n-{ "version": "1" }\n+{}' })];
  const input = { ...change, snapshot: aSnapshot({ files }) };
  expect(await aClassifier().wanted(input)).toContain("package.json");
  const crashing = createClassifier(1, new URL("../support/crashing-classifier.ts", import.meta.url));
  onTestFinished(() => crashing.close());
  const texts = new Map([["docs/page-7.md", "crash"]]);
  expect(await crashing.wanted({ ...input, contents: { base: texts, head: texts } })).toEqual([]);
});
