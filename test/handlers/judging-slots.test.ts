import { expect, it, onTestFinished } from "vitest";
import { busyFrom, createJudgingSlots, slotsWhileBusy } from "../../src/handlers/judging-slots.ts";

function aStage(most: number) {
  let busy = 0;
  const slots = createJudgingSlots({ most, readBusy: () => busy });
  onTestFinished(slots.close);
  const ends: (() => void)[] = [];
  let begun = 0;
  const start = () =>
    slots.run(() => {
      begun += 1;
      return new Promise<void>((resolve) => ends.push(resolve));
    });
  return {
    start,
    begun: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return begun;
    },
    endOne: () => ends.shift()?.(),
    isBusy: (share: number) => {
      busy = share;
      slots.look();
    },
  };
}

it("lets as many run as are allowed while the process is not busy, and the next as one ends", async () => {
  const stage = aStage(6);
  for (let index = 0; index < 8; index += 1) void stage.start();
  expect(await stage.begun()).toBe(6);
  stage.endOne();
  expect(await stage.begun()).toBe(7);
});

it("lets few run while it is busy, and all again once it is not", async () => {
  const stage = aStage(6);
  stage.isBusy(busyFrom);
  for (let index = 0; index < 8; index += 1) void stage.start();
  expect(await stage.begun()).toBe(slotsWhileBusy);
  stage.isBusy(busyFrom - 0.01);
  expect(await stage.begun()).toBe(6);
});

it("frees the slot of work that failed", async () => {
  const slots = createJudgingSlots({ most: 1, readBusy: () => 0 });
  onTestFinished(slots.close);
  await expect(slots.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(slots.run(() => Promise.resolve("yes"))).resolves.toBe("yes");
});
