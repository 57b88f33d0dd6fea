/** A copy of the database programs that is either whole or not there. */

import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** Headers and static libraries serve building against PostgreSQL, not running it. */
const leftOut = /(\.a$|^lib\/pkgconfig\/|^include\/)/;

/** Holds when every file of `source` lies in `target` with the same content, owned by this user and closed to others' writing. */
export function isWholeCopy(source: string, target: string): boolean {
  if (!existsSync(target)) return false;
  for (const directory of [target, join(target, "bin"), join(target, "lib")]) {
    if (!isOursAlone(directory)) return false;
  }
  return listFiles(source).every((path) => isSameFile(join(source, path), join(target, path)));
}

/**
 * Copies the programs beside `target` first and then moves the whole into place, so that a copy cut short by a kill
 * or a full disk never bears the final name.
 */
export function copyBinaries(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
  const staging = mkdtempSync(`${target}.`);
  try {
    chmodSync(staging, 0o755);
    for (const path of listFiles(source)) {
      const to = join(staging, path);
      mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
      copyFileSync(join(source, path), to);
      chmodSync(to, (lstatSync(join(source, path)).mode & 0o111) === 0 ? 0o644 : 0o755);
    }
    rmSync(target, { recursive: true, force: true });
    renameSync(staging, target);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    // Another process may have put its copy there first; the caller tries what it finds.
    if (!isWholeCopy(source, target)) throw error;
  }
}

function listFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => !leftOut.test(path));
}

function isOursAlone(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isDirectory() === true && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
}

function isSameFile(source: string, copy: string): boolean {
  const [from, to] = [lstatSync(source), lstatSync(copy, { throwIfNoEntry: false })];
  if (to === undefined || !to.isFile() || to.size !== from.size || (to.mode & 0o022) !== 0) return false;
  return digest(source) === digest(copy);
}

function digest(path: string): string {
  return createHash("sha1").update(readFileSync(path)).digest("hex");
}
