/** git failed, or the repository cannot answer what was asked. The message is for people. */
export class GitError extends Error {
  readonly args: readonly string[];

  constructor(message: string, args: readonly string[] = []) {
    super(message);
    this.name = "GitError";
    this.args = args;
  }
}
