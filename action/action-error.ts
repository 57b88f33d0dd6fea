/** What the workflow has to change: shown as it is, without a stack. */
export class ActionError extends Error {
  override readonly name = "ActionError";
}
