import { describe, expect, it } from "vitest";
import { saysEnough } from "../../../src/core/bypass/reason.ts";

describe("a reason", () => {
  it.each([
    { name: "of twenty characters", text: "prod is down, fix it", says: true },
    { name: "of nineteen", text: "prod is down fix it", says: false },
    { name: "padded with spaces", text: "prod   is    down              now", says: false },
    { name: "of one long word", text: "emergencyemergencyemergency", says: false },
    { name: "of one word said over and over", text: "urgent urgent urgent urgent", says: false },
    { name: "of marks alone", text: "!!! ??? ... !!! ??? ... !!!", says: false },
    { name: "in Japanese", text: "決済が全ての顧客で失敗しているため至急修正します", says: true },
    { name: "in emoji counts characters, not halves", text: "🔥🔥🔥🔥🔥🔥🔥🔥🔥 down", says: false },
    { name: "that is empty", text: "", says: false },
  ])("$name → $says", ({ text, says }) => {
    expect(saysEnough(text, 20)).toBe(says);
  });
});
