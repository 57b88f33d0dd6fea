/** What `/holdpoint help` answers. */

/** @param commentId of the comment that asked, by which the answer is found again */
export function commandHelp(commentId: number): string {
  return `Holdpoint's check on this pull request says what it waits for and who can release it. In a comment, on a line of its own:

- \`/holdpoint recheck\` reads everything again and judges anew
- \`/holdpoint attest <criterion>\` says, as somebody of the role that the criterion asks for, that it is met
- \`/holdpoint help\` shows this

Edited comments do not count.

${commandHelpMarker(commentId)}
`;
}

export function commandHelpMarker(commentId: number): string {
  return `<!-- holdpoint help ${commentId} -->`;
}
