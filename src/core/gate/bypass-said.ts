/** What people said about a bypass: commands, which stand whatever becomes of their comment, and reasons that were written apart. */

import type { SaidBypass, WrittenReason } from "../bypass/facts.ts";
import { parseBypass } from "../bypass/parse-bypass.ts";
import { reasonSections } from "../bypass/reason.ts";
import type { Memory, Snapshot } from "../snapshot.ts";
import { heardCommands } from "./commands/heard-commands.ts";
import { spokenLines } from "./commands/spoken-lines.ts";
import { findSection } from "./description-evidence.ts";
import { headOf } from "./freshness.ts";

/** @returns oldest first; what was edited into a command was perhaps never said by this person, and is none */
export function saidBypasses(snapshot: Snapshot, memory: Memory): SaidBypass[] {
  const counts = new Map<string, number>();
  return heardCommands(snapshot, memory, ["bypass"]).flatMap((heard): SaidBypass[] => {
    if (heard.isEdited) return [];
    const id = `command:${heard.method === "review" ? "review:" : ""}${heard.id}`;
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return [
      {
        id: count === 1 ? id : `${id}#${count}`,
        commentId: heard.id,
        person: heard.person,
        at: heard.at,
        headSha: headOf(heard, snapshot, memory),
        said: parseBypass(heard.rest),
      },
    ];
  });
}

const reasonLine = /^bypass reason\s*:\s*/i;

/** Unedited comments that begin with `Bypass reason:`, newest first; then the sections of the description, which anybody may have written. */
export function bypassReasons({ comments, body }: Snapshot): WrittenReason[] {
  const inComments = comments.flatMap(({ user, createdAt, body: text, isEdited }): WrittenReason[] => {
    if (isEdited || user.kind !== "user" || !/bypass reason/i.test(text)) return [];
    const [first = "", ...others] = spokenLines(text);
    if (!reasonLine.test(first)) return [];
    return [{ person: user, at: createdAt, text: [first.replace(reasonLine, ""), ...others].join(" ") }];
  });
  const sections = reasonSections.map((heading) => findSection(body, heading)).filter((text) => text !== null);
  return [...inComments.reverse(), ...sections.map((text) => ({ person: null, at: null, text }))];
}
