/** Somebody pressed Ctrl-C at a question. Nothing is said to it, and nothing was changed. */
export class InterruptedError extends Error {
  constructor() {
    super("interrupted");
    this.name = "InterruptedError";
  }
}
