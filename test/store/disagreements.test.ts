import { expect, it, onTestFinished } from "vitest";
import type { Disagreement } from "../../src/handlers/disagreement-port.ts";
import { openStore } from "../../src/store/store.ts";
import { createTestDatabase } from "../support/database.ts";
import { silentLog } from "../support/silent-log.ts";

const one: Disagreement = {
  findingId: "F-1a2b3c",
  rule: "export_removed",
  strength: "proven",
  path: "src/a.ts",
  isHeld: true,
  headSha: "a".repeat(40),
  person: { id: 7, login: "tria" },
  commentId: 1,
  reason: "nobody ever imported \u0000 it",
};

it("keeps a person's first word about a finding with one entry in the ledger, and counts by rule", async () => {
  const database = await createTestDatabase();
  const store = await openStore({ databaseUrl: database.url, dataDir: "unused", log: silentLog });
  onTestFinished(async () => {
    await store.close();
    await database.drop();
  });
  const { disagreements } = store;
  await disagreements.saveDisagreement(1, 42, one);
  await disagreements.saveDisagreement(1, 42, { ...one, commentId: 2, reason: "said once more" });
  await disagreements.saveDisagreement(1, 42, { ...one, person: { id: 8, login: "bob" } });
  await disagreements.saveDisagreement(1, 43, { ...one, isHeld: false });
  await disagreements.saveDisagreement(1, 43, { ...one, findingId: "F-2a2b3c", rule: "engines_raised", isHeld: false });
  await disagreements.saveDisagreement(2, 42, one);
  expect(await disagreements.countDisagreements(1)).toEqual([
    { rule: "export_removed", findings: 2, held: 1, people: 2 },
    { rule: "engines_raised", findings: 1, held: 0, people: 1 },
  ]);
  const entries = await store.ledger.list({ repositoryId: 1 });
  expect(entries.map(({ kind }) => kind)).toEqual(Array.from({ length: 4 }, () => "finding_disputed"));
  expect(entries[0]?.data).toMatchObject({ number: 42, findingId: "F-1a2b3c", rule: "export_removed" });
});
