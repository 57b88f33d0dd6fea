import { expect, it, onTestFinished } from "vitest";
import { migrations } from "../../src/store/migrations/migrations.ts";
import { createTestDatabase, openStoreOn } from "../support/database.ts";

it("four processes that start at once on an empty database all come up, and the tables are there once", async () => {
  const database = await createTestDatabase({ isEmpty: true });
  onTestFinished(() => database.drop());
  const stores = await Promise.all([1, 2, 3, 4].map(() => openStoreOn(database)));
  await Promise.all(stores.map((store) => store.ping()));
  expect(await database.query("select name from kysely_migration order by name")).toEqual(
    Object.keys(migrations).map((name) => ({ name })),
  );
});

it("starting again changes nothing", async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const store = await openStoreOn(database);
  await store.settings.save("sweep", { cursor: 12 });
  expect(await (await openStoreOn(database)).settings.read("sweep")).toEqual({ cursor: 12 });
});

it("a database that cannot be reached is an error at once, not a wait", async () => {
  const database = await createTestDatabase();
  await database.drop();
  await expect(openStoreOn(database)).rejects.toThrow(/does not exist/);
});

it("a version that is older than the database works with it as it is", async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  await database.query("insert into kysely_migration values ('9999-newer', now()::text)");
  await (await openStoreOn(database)).ping();
  expect(await database.query("select count(*)::int from kysely_migration")).toEqual([
    { count: Object.keys(migrations).length + 1 },
  ]);
});
