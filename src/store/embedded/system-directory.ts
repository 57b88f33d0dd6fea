/** Where root may keep things that an unprivileged user has to reach. */

import { chmodSync, existsSync, lstatSync, mkdirSync } from "node:fs";

const candidates = ["/var/lib/holdpoint", "/opt/holdpoint", "/usr/local/lib/holdpoint"];

/** The well-known places one by one, made when they are reached: owned by root and writable by nobody else. */
export function* systemDirectories(): Generator<string> {
  for (const directory of candidates) {
    try {
      if (!existsSync(directory)) {
        mkdirSync(directory, { recursive: true });
        chmodSync(directory, 0o755);
      }
    } catch {
      continue; // Read-only system directories are common in containers; the next place is tried.
    }
    const stat = lstatSync(directory);
    if (stat.isDirectory() && stat.uid === 0 && (stat.mode & 0o022) === 0) yield directory;
  }
}
