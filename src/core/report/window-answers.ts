/** What is answered to `/holdpoint reviewed` on the issue of a maintenance window. */

import type { HandIn } from "../bypass/post-review-data.ts";
import { lessonsCharactersMin, type Reviewed, type ReviewerStanding } from "../bypass/reviewed.ts";
import type { WindowRecord } from "../bypass/window-record.ts";
import { specOf } from "../gate/commands/command-table.ts";
import { malformed } from "./command-answers.ts";
import { toMarkdown } from "./markdown.ts";
import { formatTime, longAgo } from "./times.ts";
import { code, say } from "./words.ts";

type Refusal = Exclude<ReviewerStanding, { kind: "may" }> & { role: string };

export function answerWindowReview(outcome: (Reviewed & { kind: "malformed" }) | Refusal): string {
  switch (outcome.kind) {
    case "malformed": {
      const why =
        outcome.why === "no_verdict"
          ? say`It does not say what the review came to.`
          : say`What was learned takes at least ${lessonsCharactersMin} characters, and more than one word.`;
      return malformed(specOf("reviewed"), why);
    }
    case "hand_in":
      return toMarkdown(
        say`You ${{ kind: "ours", text: hands[outcome.why] }}, so somebody else has to look over it: somebody of the role ${code(outcome.role)}.`,
      );
    case "not_entitled":
      return toMarkdown(say`This is for somebody of the role ${code(outcome.role)}, which you do not hold.`);
    case "unreadable":
      return toMarkdown(
        say`Whether you hold the role ${code(outcome.role)} cannot be read at the moment. It is looked at again in a while.`,
      );
  }
}

const hands: Readonly<Record<HandIn, string>> = {
  author: "opened one of the pull requests",
  contributor: "contributed to what was merged",
  requester: "asked for it",
  second_person: "agreed to it",
  merger: "merged one of the pull requests",
};

/** The window is still to come or still open. */
export function windowNotOver({ end }: WindowRecord): string {
  const until = { kind: "ours" as const, text: formatTime(new Date(end), longAgo) };
  return toMarkdown(
    say`There is nothing to look over yet: the window is open until ${until}, and a few minutes more pass before its list is whole.`,
  );
}
