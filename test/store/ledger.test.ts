import { describe, expect, it } from "vitest";
import { openStoreOn, openTestStore } from "../support/database.ts";

const at = new Date("2026-11-21T12:00:00.123Z");

describe("the ledger", () => {
  it("keeps one chain per repository, without gaps, also when many append at once from two processes", async () => {
    const { store, database } = await openTestStore();
    const other = await openStoreOn(database);
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        (i % 2 === 0 ? store : other).ledger.append({
          repositoryId: 1 + (i % 4 === 0 ? 1 : 0),
          at,
          kind: "verdict",
          data: { i },
        }),
      ),
    );
    expect((await store.ledger.list({ repositoryId: 1 })).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 30 }, (_, i) => i + 1),
    );
    expect(await store.ledger.verify(1)).toMatchObject({ kind: "intact", entries: 30 });
    expect(await store.ledger.verify(2)).toMatchObject({ kind: "intact", entries: 10 });
    expect(await store.ledger.verify(3)).toMatchObject({ kind: "intact", entries: 0 });
  });

  it("gives back what was put in, odd text included", async () => {
    const { store } = await openTestStore();
    const data = { title: "a \u0000 b \ud800 c ‮", list: [1.5, null, true], nested: { empty: {} } };
    const entry = await store.ledger.append({ repositoryId: 1, at, kind: "bypass_granted", data });
    expect(await store.ledger.list({ repositoryId: 1 })).toEqual([entry]);
    expect(entry).toMatchObject({ seq: 1, at, kind: "bypass_granted", data });
    expect(await store.ledger.verify(1)).toMatchObject({ kind: "intact" });
  });

  it("lists a part: after a number, of one kind", async () => {
    const { store } = await openTestStore();
    for (const kind of ["verdict", "bypass_granted", "verdict"])
      await store.ledger.append({ repositoryId: 1, at, kind, data: null });
    expect((await store.ledger.list({ repositoryId: 1, afterSeq: 1, kind: "verdict" })).map(({ seq }) => seq)).toEqual([
      3,
    ]);
    expect((await store.ledger.list({ repositoryId: 1, limit: 2 })).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it.each(["update ledger set data = '{}'", "delete from ledger", "truncate ledger"])(
    "refuses %s",
    async (statement) => {
      const { store, database } = await openTestStore();
      await store.ledger.append({ repositoryId: 1, at, kind: "verdict", data: {} });
      await expect(database.query(statement)).rejects.toThrow(/append-only/);
      expect(await store.ledger.verify(1)).toMatchObject({ kind: "intact", entries: 1 });
    },
  );

  it("tells where somebody who got past the trigger has changed it", async () => {
    const { store, database } = await openTestStore();
    for (let i = 0; i < 5; i++) await store.ledger.append({ repositoryId: 1, at, kind: "verdict", data: { i } });
    await database.query("alter table ledger disable trigger all");
    await database.query(`update ledger set data = '{"i": 9}' where seq = 3`);
    expect(await store.ledger.verify(1)).toEqual({ kind: "broken", seq: 3, why: "altered" });
    await database.query("delete from ledger where seq = 2");
    expect(await store.ledger.verify(1)).toEqual({ kind: "broken", seq: 2, why: "missing" });
  });
});
