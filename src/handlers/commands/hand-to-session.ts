import type { Ports } from "../ports.ts";
import type { GivenCommand } from "./command.ts";

/** Remembers a command that the session obeys at the next look: only there is it changed, one look at a time. */
export async function handToSession(
  { subject, command, comment, reading }: GivenCommand,
  { store }: Ports,
): Promise<void> {
  await store.saveCommand(subject.repositoryId, subject.number, {
    commentId: comment.id,
    person: comment.user,
    at: comment.createdAt,
    text: `${command.written} ${command.rest}`.trim(),
    headSha: reading.snapshot.head.sha,
  });
  await store.enqueue([subject]);
}
