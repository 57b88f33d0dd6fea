/** A comment of ours on a kept issue, found again by its marker: written once, and rewritten where its words changed. */

import type { KeptIssue } from "../../exceptions-port.ts";
import type { IssueReading } from "../../issues-port.ts";
import type { Ports } from "../../ports.ts";

export async function sayOnce(
  kept: KeptIssue,
  reading: IssueReading,
  { body, marker }: { body: string; marker: string },
  { github }: Pick<Ports, "github">,
): Promise<void> {
  const before = reading.comments.find(({ user, body: said }) => user.kind === "bot" && said.includes(marker));
  if (before === undefined) await github.comment(kept, body);
  else if (before.body.trim() !== body.trim()) await github.editComment(kept, before.id, body);
}
