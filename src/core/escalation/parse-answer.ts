/** `/holdpoint ack`, `snooze` and `hand-over` as people write them. */

import { parseDuration } from "../duration.ts";
import { snoozeMaxMs } from "./answer-escalation.ts";

export type WrittenAnswer =
  | { kind: "ack"; note: string }
  | { kind: "snooze"; ms: number; reason: string }
  | { kind: "hand_over"; to: { login: string } | { role: string }; note: string }
  /** What is wrong with it. */
  | { kind: "malformed"; why: "no_duration" | "too_long" | "no_reason" | "nobody" };

export type AnswerVerb = "ack" | "snooze" | "hand-over";

/** @param rest what follows the verb */
export function parseAnswer(verb: AnswerVerb, rest: string): WrittenAnswer {
  switch (verb) {
    case "ack":
      return { kind: "ack", note: rest };
    case "snooze":
      return parseSnooze(rest);
    case "hand-over":
      return parseHandOver(rest);
  }
}

/** `2h waiting for the vendor`, `3 days …`. */
function parseSnooze(rest: string): WrittenAnswer {
  const words = rest.split(" ").filter((word) => word !== "");
  for (const length of [2, 1]) {
    const ms = parseDuration(words.slice(0, length).join(" "));
    if (ms === null) continue;
    if (ms > snoozeMaxMs) return { kind: "malformed", why: "too_long" };
    const reason = words.slice(length).join(" ");
    return reason === "" ? { kind: "malformed", why: "no_reason" } : { kind: "snooze", ms, reason };
  }
  return { kind: "malformed", why: "no_duration" };
}

/** `@lena …` for a person, `security_team …` for whoever of the role has least to do. */
function parseHandOver(rest: string): WrittenAnswer {
  const [to = "", ...note] = rest.split(" ");
  const said = note.join(" ");
  const login = /^@([a-z0-9](?:[a-z0-9-]{0,38})(?:_[a-z0-9]{1,16})?)$/i.exec(to)?.[1];
  if (login !== undefined) return { kind: "hand_over", to: { login }, note: said };
  const isRole = /^[a-z0-9][a-z0-9_.-]{0,63}$/i.test(to);
  return isRole ? { kind: "hand_over", to: { role: to }, note: said } : { kind: "malformed", why: "nobody" };
}
