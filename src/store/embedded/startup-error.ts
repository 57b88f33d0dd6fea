/**
 * Why the private database cannot run: one message a person can act on, no stack trace needed.
 * The cause stays attached for the debug log.
 */
export class DatabaseStartupError extends Error {
  override readonly name = "DatabaseStartupError";
}

/** Words for the operating system's refusals that people meet most, `null` for others. */
export function explainSystemError(error: unknown, path: string): string | null {
  switch (systemErrorCode(error)) {
    case "EACCES":
    case "EPERM":
      return `No permission to write ${path}. Give this user that directory, or set DATA_DIR to one it owns.`;
    case "ENOSPC":
    case "EDQUOT":
      return `No space left on the disk of ${path}. The database needs about 100 MB to begin with.`;
    case "EROFS":
      return `${path} is on a read-only file system. Set DATA_DIR to a directory that can be written.`;
    case "ENOTDIR":
    case "EEXIST":
      return `${path} is not a directory. Set DATA_DIR to a directory.`;
    default:
      return null;
  }
}

/** The `code` of a Node or PostgreSQL error, else `null`. */
export function systemErrorCode(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}
