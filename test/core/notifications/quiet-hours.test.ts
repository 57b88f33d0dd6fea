import { describe, expect, it } from "vitest";
import { nextDigest, quietUntil } from "../../../src/core/notifications/quiet-hours.ts";
import type { Notifications } from "../../../src/core/policy/blocks/notifications.ts";

const night = { from: "20:00", to: "08:00", zone: "Europe/Berlin" };
const small = { from: "01:30", to: "02:30", zone: "Europe/Berlin" };
const lunch = { from: "12:00", to: "13:00" };

function until(quiet_hours: Notifications["quiet_hours"], at: string, severity: "high" | "critical" = "high") {
  const end = quietUntil({ quiet_hours }, severity, new Date(at));
  return end?.toISOString().replace(":00.000Z", "Z") ?? null;
}

describe("quietUntil", () => {
  it.each([
    ["a minute before they begin", night, "2026-11-20T18:59:59Z", null],
    ["at the very beginning", night, "2026-11-20T19:00:00Z", "2026-11-21T07:00Z"],
    ["before midnight", night, "2026-11-20T22:30:00Z", "2026-11-21T07:00Z"],
    ["after midnight", night, "2026-11-21T02:00:00Z", "2026-11-21T07:00Z"],
    ["a second before the end", night, "2026-11-21T06:59:59Z", "2026-11-21T07:00Z"],
    ["at the very end", night, "2026-11-21T07:00:00Z", null],
    ["within a day, in UTC where no zone is named", lunch, "2026-11-20T12:30:00Z", "2026-11-20T13:00Z"],
    ["the night in which the clock goes forward: an hour less", night, "2026-03-28T19:00:00Z", "2026-03-29T06:00Z"],
    ["the night in which the clock goes back: an hour more", night, "2026-10-24T18:00:00Z", "2026-10-25T07:00Z"],
    ["an end that the clock skips: the moment of the change", small, "2026-03-29T00:45:00Z", "2026-03-29T01:00Z"],
    ["after an end that the clock skips", small, "2026-03-29T01:00:00Z", null],
    ["an end that is shown twice: the first", small, "2026-10-25T00:10:00Z", "2026-10-25T00:30Z"],
    ["between the two times that the end is shown", small, "2026-10-25T01:10:00Z", null],
    ["after the end was shown twice", small, "2026-10-25T01:30:00Z", null],
    [
      "a beginning that the clock skips",
      { ...small, from: "02:15", to: "04:00" },
      "2026-03-29T01:00:00Z",
      "2026-03-29T02:00Z",
    ],
    ["hours that begin when they end", { ...night, to: "20:00" }, "2026-11-20T22:00:00Z", null],
    ["no quiet hours at all", undefined, "2026-11-20T22:00:00Z", null],
  ])("%s", (_name, quiet, at, expected) => {
    expect(until(quiet, at)).toBe(expected);
  });

  it("lets pass what is excepted, and what is critical only then", () => {
    expect(until({ ...night, except: ["critical"] }, "2026-11-20T22:00:00Z", "critical")).toBeNull();
    expect(until({ ...night, except: ["critical"] }, "2026-11-20T22:00:00Z", "high")).toBe("2026-11-21T07:00Z");
    expect(until(night, "2026-11-20T22:00:00Z", "critical")).toBe("2026-11-21T07:00Z");
  });
});

describe("nextDigest", () => {
  it.each([
    ["nine o'clock in UTC where nothing is said", {}, "2026-11-20T08:59:00Z", "2026-11-20T09:00:00Z"],
    ["at the very time: the next day's", {}, "2026-11-20T09:00:00Z", "2026-11-21T09:00:00Z"],
    ["in the zone of the quiet hours", { quiet_hours: night }, "2026-11-20T07:00:00Z", "2026-11-20T08:00:00Z"],
    [
      "in a zone of its own, at a time of its own",
      { quiet_hours: night, digest: { at: "17:30", zone: "America/New_York" } },
      "2026-11-20T16:00:00Z",
      "2026-11-20T22:30:00Z",
    ],
    ["over the end of a year", {}, "2026-12-31T10:00:00Z", "2027-01-01T09:00:00Z"],
    ["after the clock went forward", { quiet_hours: night }, "2026-03-28T12:00:00Z", "2026-03-29T07:00:00Z"],
    [
      "a time that the clock skips",
      { digest: { at: "02:30", zone: "Europe/Berlin" } },
      "2026-03-28T12:00:00Z",
      "2026-03-29T01:00:00Z",
    ],
    [
      "a time that is shown twice: once a day all the same",
      { digest: { at: "02:30", zone: "Europe/Berlin" } },
      "2026-10-25T00:30:00Z",
      "2026-10-26T01:30:00Z",
    ],
  ])("%s", (_name, notifications, at, expected) => {
    expect(nextDigest(notifications, new Date(at))).toEqual(new Date(expected));
  });
});
