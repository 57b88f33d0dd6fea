import { describe, expect, it } from "vitest";
import type { Delivery } from "../../src/core/notifications/delivery.ts";
import { subjectKey } from "../../src/core/subject.ts";
import { ago, now } from "../support/builders.ts";
import { openStoreOn, openTestStore } from "../support/database.ts";
import { aDelivery, aMessage, aTarget } from "../support/messages.ts";

async function aMessageStore() {
  const { store, database } = await openTestStore({ now: () => now });
  const rows = () =>
    database.query<{ id: number; key: string; state: string; notes: unknown[] }>(
      "select id::int, key, state, notes from messages order by id",
    );
  const jobs = () =>
    database.query<{ subject_key: string; kind: string; subject: never; due_at: Date }>(
      "select subject_key, kind, subject, due_at from jobs order by subject_key",
    );
  return { store, messages: store.messages, database, rows, jobs };
}

const noteOfPager = { channel: "pager", reason: "status 404" };

describe("keep", () => {
  it("keeps each delivery with one job of its own, under the key that the subject has", async () => {
    const { messages, rows, jobs } = await aMessageStore();
    await messages.keep(aMessage(), [aDelivery("leads"), aDelivery("pager")]);
    expect(await rows()).toMatchObject([{ key: "overdue 42 leads" }, { key: "overdue 42 pager" }]);
    const woken = await jobs();
    expect(woken.map(({ kind }) => kind)).toEqual(["message", "message"]);
    expect(woken.map(({ subject }) => subjectKey(subject))).toEqual(woken.map(({ subject_key }) => subject_key));
  });

  it("tells once what is told twice, also by two processes at the same time", async () => {
    const { messages, database, rows } = await aMessageStore();
    const other = await openStoreOn(database);
    const both = [messages, other.messages, messages, other.messages];
    await Promise.all(both.map((one) => one.keep(aMessage(), [aDelivery("leads"), aDelivery("pager")])));
    expect(await rows()).toHaveLength(2);
  });

  it("takes the same key in another repository for another message", async () => {
    const { messages, rows } = await aMessageStore();
    await messages.keep(aMessage(), [aDelivery("leads")]);
    await messages.keep(aMessage({ repositoryId: 8 }), [aDelivery("leads")]);
    expect(await rows()).toHaveLength(2);
  });

  it("wakes a message of the night at the end of the quiet hours, and a summary once for all that it tells", async () => {
    const { messages, jobs } = await aMessageStore();
    const morning = new Date("2026-11-21T08:00:00Z");
    await messages.keep(aMessage(), [aDelivery("leads", { notBefore: morning })]);
    const inDigest = (key: string) => aDelivery("digest", { key, isDigest: true, notBefore: morning });
    await messages.keep(aMessage({ key: "a" }), [inDigest("a digest")]);
    await messages.keep(aMessage({ key: "b" }), [inDigest("b digest")]);
    expect(await jobs()).toMatchObject([
      { subject_key: "digest:7", kind: "digest", due_at: morning },
      { kind: "message", due_at: morning },
    ]);
    const [digest] = await jobs();
    expect(digest?.subject).toEqual({ kind: "digest", installationId: 1, repositoryId: 7, owner: "acme", name: "api" });
  });

  it("takes back what a pager has not heard of yet once it is over, and nothing else", async () => {
    const { messages, rows } = await aMessageStore();
    const pager = aDelivery("pager", { target: aTarget("pager", { type: "pagerduty" }) });
    await messages.keep(aMessage(), [pager, aDelivery("leads")]);
    await messages.keep(aMessage({ key: "another" }), [{ ...pager, key: "another pager" }]);
    await messages.keep(aMessage({ key: "over", resolves: "overdue 42" }), [{ ...pager, key: "over pager" }]);
    expect((await rows()).map(({ key, state }) => `${key}: ${state}`)).toEqual([
      "overdue 42 pager: dropped",
      "overdue 42 leads: waiting",
      "another pager: waiting",
      "over pager: waiting",
    ]);
  });
});

describe("begin", () => {
  it("brings the message back as it was kept, with what became of it so far", async () => {
    const { messages } = await aMessageStore();
    const odd = aMessage({ title: "half \ud800 and \u0000", body: "'; drop table messages; --" });
    const delivery = aDelivery("leads", { fallbacks: [aTarget("mail")], notes: [noteOfPager] });
    await messages.keep(odd, [delivery]);
    const first = await messages.begin(1, now);
    expect(first).toEqual({ ...delivery, id: 1, message: odd, attempts: 0, failingSince: null, mayBeOut: false });
    await messages.recordFailure(1, { reason: "status 500", failingSince: ago(1) });
    expect(await messages.begin(1, now)).toEqual({ ...first, attempts: 1, failingSince: ago(1), mayBeOut: true });
  });

  it("finds nothing to do once it was sent", async () => {
    const { messages, rows } = await aMessageStore();
    await messages.keep(aMessage(), [aDelivery("leads")]);
    const leads = (await messages.begin(1, now)) ?? expect.fail("It is done already");
    await messages.finish(leads, "sent");
    expect(await messages.begin(1, now)).toBeNull();
    await messages.finish(leads, "undelivered");
    expect(await rows()).toMatchObject([{ state: "sent" }]);
    expect(await messages.begin(2, now)).toBeNull();
  });
});

describe("passOn", () => {
  const leads = aDelivery("leads");
  const mail = aDelivery("mail");

  async function aStoreWith(...deliveries: Delivery[]) {
    const stage = await aMessageStore();
    await stage.messages.keep(aMessage(), deliveries);
    const begin = async (id: number) => (await stage.messages.begin(id, now)) ?? expect.fail("It is done already");
    const passOn = async (id: number, ...candidates: Delivery[]) =>
      stage.messages.passOn(await begin(id), candidates, "status 404");
    const states = async () => (await stage.rows()).map(({ key, state }) => `${key}: ${state}`);
    return { ...stage, begin, passOn, states };
  }

  it("ends the one and keeps the other with its job, and says which it is", async () => {
    const { passOn, rows, jobs } = await aStoreWith(aDelivery("pager"));
    expect(await passOn(1, leads, mail)).toBe("leads");
    expect(await rows()).toMatchObject([
      { key: "overdue 42 pager", state: "passed_on", notes: [] },
      { key: "overdue 42 leads", state: "waiting", notes: [noteOfPager] },
    ]);
    expect(await jobs()).toHaveLength(2);
  });

  it("adds only the note where the message still waits for that channel", async () => {
    const { passOn, rows } = await aStoreWith(aDelivery("pager"), leads);
    expect(await passOn(1, leads)).toBe("leads");
    expect(await rows()).toMatchObject([{ state: "passed_on" }, { key: "overdue 42 leads", notes: [noteOfPager] }]);
  });

  it("sends it once more, with the note, where that channel had it already", async () => {
    const { messages, begin, passOn, states } = await aStoreWith(aDelivery("pager"), leads);
    await messages.finish(await begin(2), "sent");
    expect(await passOn(1, leads)).toBe("leads");
    expect(await states()).toEqual([
      "overdue 42 pager: passed_on",
      "overdue 42 leads: sent",
      "overdue 42 leads again: waiting",
    ]);
  });

  it("sends it once more, with the note, where that came while it was sent", async () => {
    const { messages, begin, passOn, rows } = await aStoreWith(aDelivery("pager"), leads);
    const underWay = await begin(2);
    await passOn(1, leads);
    await messages.finish(underWay, "sent");
    expect((await rows()).at(-1)).toMatchObject({
      key: "overdue 42 leads again",
      state: "waiting",
      notes: [noteOfPager],
    });
  });

  it("leaves out a channel that did not take this message either", async () => {
    const { passOn, states } = await aStoreWith(aDelivery("pager"), leads);
    expect(await passOn(2, mail)).toBe("mail");
    expect(await passOn(1, leads, mail)).toBe("mail");
    expect(await states()).toEqual([
      "overdue 42 pager: passed_on",
      "overdue 42 leads: passed_on",
      "overdue 42 mail: waiting",
    ]);
  });

  it("tells the last one of all that did not take it, each once", async () => {
    const { passOn, rows } = await aStoreWith(aDelivery("pager"), leads);
    await passOn(1, leads, mail);
    await passOn(2, mail);
    expect((await rows()).at(-1)?.notes).toEqual([noteOfPager, { channel: "leads", reason: "status 404" }]);
  });

  it("ends nothing where no channel is left", async () => {
    const { passOn, states } = await aStoreWith(aDelivery("pager"), leads);
    await passOn(2, mail);
    expect(await passOn(1, leads)).toBeNull();
    expect((await states())[0]).toBe("overdue 42 pager: waiting");
  });

  it("does nothing when it is done again", async () => {
    const { messages, begin, rows } = await aStoreWith(aDelivery("pager"));
    const pager = await begin(1);
    await messages.passOn(pager, [leads], "status 404");
    await messages.passOn(pager, [leads], "status 404");
    expect(await rows()).toMatchObject([{ state: "passed_on" }, { notes: [noteOfPager] }]);
  });
});

describe("a summary", () => {
  it("ends what it tells in the same moment in which its own deliveries are kept", async () => {
    const { messages, rows } = await aMessageStore();
    const inDigest = (key: string) => aDelivery("digest", { key, isDigest: true, notBefore: now });
    for (const key of ["a", "b", "c"]) await messages.keep(aMessage({ key }), [inDigest(key)]);
    const { waiting, isMore } = await messages.loadDigest(7);
    expect([waiting.map(({ message }) => message.key), isMore]).toEqual([["a", "b", "c"], false]);
    const summary = aMessage({ key: "digest 2" });
    const sent = aDelivery("leads", { key: "digest 2 leads" });
    await messages.closeDigest([1, 2], summary, [sent]);
    await messages.closeDigest([1, 2], summary, [sent]);
    expect((await rows()).map(({ key, state }) => `${key}: ${state}`)).toEqual([
      "a: in_digest",
      "b: in_digest",
      "c: waiting",
      "digest 2 leads: waiting",
    ]);
    expect((await messages.loadDigest(7)).waiting.map(({ message }) => message.key)).toEqual(["c"]);
    expect((await messages.loadDigest(8)).waiting).toEqual([]);
  });
});

it("forgets the words of what was settled long ago, and still knows that it was told", async () => {
  const { messages, rows } = await aMessageStore();
  await messages.keep(aMessage(), [aDelivery("leads"), aDelivery("pager")]);
  await messages.finish((await messages.begin(1, now)) ?? expect.fail("It is done already"), "sent");
  expect(await messages.prune(now)).toBe(0);
  expect(await messages.prune(new Date(now.getTime() + 1))).toBe(1);
  await messages.keep(aMessage(), [aDelivery("leads")]);
  expect(await rows()).toHaveLength(2);
  expect(await messages.begin(2, now)).not.toBeNull();
});
