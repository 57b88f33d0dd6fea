import fc from "fast-check";
import { expect, it } from "vitest";
import type { Finding } from "../../../../../src/core/findings/finding.ts";
import { readFiles } from "../../../../../src/core/findings/read-files.ts";
import { redactFindings } from "../../../../../src/core/findings/security/secrets/redact.ts";
import { aFinding } from "../../../../support/builders.ts";
import { anInputOf } from "../../../../support/changes.ts";
import { aPrivateKey, aWebToken, issued, leakedIn, plantedSecrets } from "../../../../support/planted.ts";

const finding = aFinding("breaking_change", { rule: "export_removed", what: "something changed", line: 1 });

function redact(evidence: Partial<Finding>, added = ""): Promise<Finding[]> {
  const { snapshot, contents } = anInputOf({ files: { "src/a.ts": [null, added] } });
  return redactFindings([{ ...finding, ...evidence }], readFiles(snapshot, undefined, contents));
}

const assigned = `apiKey = "${issued(32, 1)}"`;
const secrets = [...plantedSecrets, { form: "assigned key", line: assigned, secret: issued(32, 1) }];

it.each(secrets)("cuts a $form out of every part of a finding, also where only half of it stands", async (planted) => {
  const { line, secret } = planted;
  const half = secret.slice(0, Math.max(12, Math.ceil(secret.length / 2)));
  const [said] = await redact(
    { what: `\`${half}\` changed`, before: line, after: `x ${half}`, symbol: half },
    `${line}\n`,
  );
  expect(leakedIn(JSON.stringify(said), [secret])).toEqual([]);
});

it("cuts out every single line of a private key that is added", async () => {
  const key = aPrivateKey(7);
  for (const line of key
    .split("\n")
    .slice(1, -1)
    .filter((text) => text.length >= 12)) {
    const [said] = await redact({ after: line }, `${key}\n`);
    expect(said?.after).not.toContain(line.slice(0, 12));
  }
});

it.each([
  { name: "a web token that is taken away", before: `t = "${aWebToken()}"`, secret: aWebToken() },
  { name: "a middle line of a key that is taken away", before: issued(64, 9), secret: issued(64, 9) },
  {
    name: "a key that a long line cuts off",
    before: aPrivateKey(8).replaceAll("\n", "\\n").slice(0, 1500),
    secret: aPrivateKey(8),
  },
])("cuts out $name", async ({ before, secret }) => {
  const [said] = await redact({ before });
  expect(leakedIn(JSON.stringify(said), [secret])).toEqual([]);
});

it.each([
  "getUserByOAuth2TokenFromRequestHeaders(request)",
  "src/core/findings/security/SecretScan2/read-v3-index",
  "a3f0c1d2e4b5a6978877665544332211aabbccdd",
  "deprecated_since_version_2_14_remove_in_3_0",
])("leaves %s readable", async (before) => {
  const [said] = await redact({ before });
  expect(said?.before).toBe(before);
});

it("never throws, and keeps evidence on one short line, whatever stands in it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "binary", maxLength: 600 }),
      fc.string({ maxLength: 300 }),
      async (text, added) => {
        const [said] = await redact({ before: text, after: added, what: text }, added);
        expect(said?.before?.length).toBeLessThanOrEqual(300);
        expect(said?.before).not.toMatch(/[\n\r]/);
      },
    ),
    { numRuns: 12 },
  );
});
