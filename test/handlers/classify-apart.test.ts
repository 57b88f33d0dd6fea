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

it("a process that ends takes its work with it as an error, and the next change gets a new one", async () => {
  const classifier = aClassifier();
  const lost = classifier.classify(aChange(2_000));
  const refused = expect(lost).rejects.toThrow("ended");
  await classifier.close();
  await refused;
  expect((await classifier.classify(aChange(100))).size.files).toBe(100);
});
