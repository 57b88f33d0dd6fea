import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { copyBinaries, isWholeCopy } from "../../../src/store/embedded/binary-copy.ts";
import { prepareClusterPlace } from "../../../src/store/embedded/cluster.ts";
import { findServerAccount } from "../../../src/store/embedded/server-account.ts";
import { findBinaryPackage, prepareServerBinaries } from "../../../src/store/embedded/server-binaries.ts";
import { silentLog as log } from "../../support/silent-log.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }); // Whole servers are made here, on machines that are busy.

const isRoot = process.getuid?.() === 0;
let scratch = "";

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "holdpoint-binaries-"));
  chmodSync(scratch, 0o755);
  return () => rmSync(scratch, { recursive: true, force: true });
});

function aDirectory(mode = 0o755): string {
  const directory = mkdtempSync(join(scratch, "d-"));
  chmodSync(directory, mode);
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/**
 * What npm unpacks, without the links that a blocked install script did not make. Hard links where possible: 60 MB.
 */
function anInstallation(parent: string): { nativeDir: string; version: string } {
  const { nativeDir, version } = findBinaryPackage();
  const copy = join(parent, "native");
  for (const entry of readdirSync(nativeDir, { recursive: true, withFileTypes: true })) {
    const from = join(entry.parentPath, entry.name);
    const to = join(copy, relative(nativeDir, from));
    if (!entry.isFile() || entry.name.endsWith(".a")) continue;
    mkdirSync(dirname(to), { recursive: true });
    linkOrCopy(from, to);
  }
  return { nativeDir: copy, version };
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to); // The temporary directory is on another file system.
  }
}

const runs = (program: string): boolean => spawnSync(program, ["--version"]).status === 0;

describe("the database's programs", () => {
  it("run in place, after the links that a blocked install script left out were made", () => {
    const found = anInstallation(aDirectory());
    expect(runs(join(found.nativeDir, "bin", "postgres"))).toBe(false);
    const account = findServerAccount("/nowhere");
    const { postgres } = prepareServerBinaries({ dataDir: aDirectory(), account, log, found });
    expect(postgres).toBe(join(found.nativeDir, "bin", "postgres"));
    expect(runs(postgres)).toBe(true);
  });

  it.skipIf(!isRoot)(
    "are copied once to where the unprivileged user can run them, when the checkout is root's alone, and repaired (needs root)",
    () => {
      const found = anInstallation(aDirectory(0o700));
      const copyParents = [aDirectory(0o700), aDirectory()];
      const needs = { dataDir: aDirectory(), account: findServerAccount("/nowhere"), log, found, copyParents };

      const { postgres } = prepareServerBinaries(needs);
      expect(dirname(dirname(dirname(postgres)))).toBe(copyParents[1]);
      expect(statSync(postgres)).toMatchObject({ uid: 0, mode: 0o100755 });
      const { ino } = statSync(postgres);
      prepareServerBinaries(needs);
      expect(statSync(postgres).ino).toBe(ino);

      const library = join(dirname(dirname(postgres)), "lib", "libpq.so.5.18");
      truncateSync(library, 1000);
      prepareServerBinaries(needs);
      expect(readFileSync(library).equals(readFileSync(join(found.nativeDir, "lib", "libpq.so.5.18")))).toBe(true);
    },
  );

  it("that do not run anywhere are told of, with the way out", () => {
    const found = anInstallation(aDirectory());
    rmSync(join(found.nativeDir, "lib", "libicudata.so.60.2"));
    const account = findServerAccount("/nowhere");
    const prepare = () => prepareServerBinaries({ dataDir: aDirectory(), account, log, found, copyParents: [] });
    expect(prepare).toThrow(/libicu.*Set DATABASE_URL/s);
  });

  it("do not exist for every platform", () => {
    expect(() => findBinaryPackage("plan9-mips")).toThrow(/no built-in PostgreSQL for plan9-mips.*Set DATABASE_URL/s);
  });
});

describe("a copy of programs", () => {
  const aTree = (): { source: string; target: string } => {
    const source = aDirectory();
    for (const [path, text] of [
      ["bin/postgres", "program"],
      ["lib/libpq.so", "library"],
      ["lib/libpq.a", "left out"],
    ] as const) {
      mkdirSync(dirname(join(source, path)), { recursive: true });
      writeFileSync(join(source, path), text, { mode: path.startsWith("bin") ? 0o755 : 0o644 });
    }
    const target = join(aDirectory(), "copy");
    copyBinaries(source, target);
    return { source, target };
  };

  it("is whole after copying, without what only serves building", () => {
    const { source, target } = aTree();
    expect(isWholeCopy(source, target)).toBe(true);
    expect(existsSync(join(target, "lib/libpq.a"))).toBe(false);
    expect(statSync(join(target, "bin/postgres")).mode & 0o777).toBe(0o755);
  });

  it.each([
    { name: "missing", damage: (file: string) => rmSync(file) },
    { name: "cut short", damage: (file: string) => truncateSync(file, 3) },
    { name: "changed", damage: (file: string) => writeFileSync(file, "trojan!") },
    { name: "open to others' writing", damage: (file: string) => chmodSync(file, 0o666) },
    { name: "in a directory open to others' writing", damage: (file: string) => chmodSync(dirname(file), 0o777) },
  ])("with a file that is $name is not whole, and is repaired", ({ damage }) => {
    const { source, target } = aTree();
    damage(join(target, "lib/libpq.so"));
    expect(isWholeCopy(source, target)).toBe(false);
    copyBinaries(source, target);
    expect(isWholeCopy(source, target)).toBe(true);
  });
});

describe.skipIf(!isRoot)("a DATA_DIR that the unprivileged user cannot enter (needs root)", () => {
  it("keeps the database elsewhere, says where, and finds it again", () => {
    const dataDir = join(aDirectory(0o700), "data");
    const said: object[] = [];
    const elsewhere = [aDirectory(0o700), aDirectory()];
    const place = prepareClusterPlace(dataDir, { info: (data) => said.push(data) }, elsewhere);
    expect(dirname(place.rootDir)).toBe(elsewhere[1]);
    expect(said).toMatchObject([{ dataDir, rootDir: place.rootDir }]);
    expect(readFileSync(join(dataDir, "postgres.location"), "utf8").trim()).toBe(place.rootDir);
    expect(existsSync(join(dataDir, "postgres"))).toBe(false);
    expect(prepareClusterPlace(dataDir, log, [])).toEqual(place);
  });

  it("does not begin an empty database when the one it has became unreachable", () => {
    const parent = aDirectory();
    const dataDir = join(parent, "data");
    const { clusterDir } = prepareClusterPlace(dataDir, log, []);
    mkdirSync(clusterDir);
    chmodSync(parent, 0o700);
    expect(() => prepareClusterPlace(dataDir, log, [aDirectory()])).toThrow(/cannot enter it any more/);
  });

  it("is refused in words when there is no other place", () => {
    expect(() => prepareClusterPlace(join(aDirectory(0o700), "data"), log, [])).toThrow(/Set DATA_DIR to a directory/);
  });
});
