import { expect, it } from "vitest";
import { scanForSecrets } from "../../../../../src/core/findings/security/secrets/secret-scan.ts";
import { issued, plantedSecrets } from "../../../../support/planted.ts";

it.each(plantedSecrets)("finds the whole of a $form, so that none of it is left", async ({ line, secret }) => {
  for (const text of [line, `a ${line} b`, `first\n  ${line}\nlast`]) {
    const found = await scanForSecrets(text);
    expect(found.map(({ start, end }) => text.slice(start, end))).toContainEqual(expect.stringContaining(secret));
  }
});

it.each(["AWS_SECRET_ACCESS_KEY=", 'aws_secret_access_key = "', "'secretAccessKey': '", "SECRET_ACCESS_KEY => "])(
  "finds an AWS key behind %s, and the key alone",
  async (before) => {
    const key = issued(40, 7);
    expect(await scanForSecrets(`${before}${key}"`)).toMatchObject([{ type: "AWS secret access key", value: key }]);
  },
);
