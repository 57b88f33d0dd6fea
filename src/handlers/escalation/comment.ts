import { randomBytes } from "node:crypto";
import { levelComment } from "../../core/report/escalation-words.ts";
import type { Action } from "./action.ts";
import { toldOf } from "./told.ts";

/** All that the level has to say on GitHub, in one comment. */
export const comment: Action = {
  prepare: async () => ({ nonce: randomBytes(12).toString("hex") }),
  async perform(given, { nonce }) {
    const { escalation, level, item, ports } = given;
    if (item.kind === "issue" && item.reading === "gone") return "nothing";
    const marker = escalationMarker(escalation.stuck.key, level.name, nonce);
    if (item.comments.some(({ body }) => body.includes(marker))) return "done";
    const steps = escalation.state.levels.findLast(({ name }) => name === level.name)?.steps ?? [];
    const words = levelComment(await toldOf(given, steps));
    if (words === null) return "nothing";
    await ports.github.comment(item.subject, `${words}\n\n${marker}\n`);
    return "done";
  },
};

/** Keys may hold what would end a comment of HTML. */
function escalationMarker(key: string, level: string, nonce: string): string {
  return `<!-- holdpoint:escalation:${encodeURIComponent(key)}:${level}:${nonce} -->`;
}
