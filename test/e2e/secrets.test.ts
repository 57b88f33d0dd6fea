/** Secrets that somebody pushes stand nowhere afterwards: not in the check, the answer of the API, the database or a comment. */

import { describe, expect, it } from "vitest";
import { type Stage, setStage } from "../support/holdpoint.ts";
import { aPrivateKey, aWebToken, issued, leakedIn, plantedSecrets } from "../support/planted.ts";

const policy = `version: 1
comments: sticky
checkpoints:
  secrets: { when: { finding: [secret_detected] }, approver: peer }
`;

const secrets = [...plantedSecrets.map(({ secret }) => secret), aPrivateKey(81), aWebToken(82), issued(32, 83)];

const source = [
  ...plantedSecrets.map(({ line }, at) => `export const option${at} = \`${line}\`;`),
  `export const key = \`${aPrivateKey(81)}\`;`,
  `export const session = "${aWebToken(82)}";`,
  `export const apiKey = "${issued(32, 83)}";`,
].join("\n");

async function everythingStored({ database }: Stage): Promise<string> {
  const tables = await database.query<{ name: string }>(
    "select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'",
  );
  const rows = await Promise.all(tables.map(({ name }) => database.query(`select * from ${name}`)));
  return JSON.stringify(rows);
}

describe("a change full of secrets", () => {
  it("leaves none of them behind, added or taken away", async () => {
    const stage = await setStage({ policy });
    const { github, checkOf, settle } = stage;
    const { number } = github
      .as("maria")
      .openPullRequest({ title: "Add options", files: { "src/options.ts": source } });
    await settle();
    const said = JSON.stringify(checkOf(number).output);
    expect(said).toContain("fingerprint");
    expect(leakedIn(said, secrets)).toEqual([]);
    expect(leakedIn(await everythingStored(stage), secrets)).toEqual([]);

    github.as("maria").pushTo(number, { "src/options.ts": "export const none = true;\n" }, "Take them away");
    await settle();
    expect(leakedIn(JSON.stringify(checkOf(number).output), secrets)).toEqual([]);
    expect(leakedIn(await everythingStored(stage), secrets)).toEqual([]);
  });
});
