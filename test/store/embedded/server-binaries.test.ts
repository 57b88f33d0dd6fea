import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { prepareClusterPlace } from "../../../src/store/embedded/cluster.ts";
import { findServerAccount } from "../../../src/store/embedded/server-account.ts";
import { findBinaryPackage, prepareServerBinaries } from "../../../src/store/embedded/server-binaries.ts";
import { silentLog as log } from "../../support/silent-log.ts";

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

/** What npm unpacks, without the links that a blocked install script did not make. */
function anInstallation(parent: string): { nativeDir: string; version: string } {
  const { nativeDir, version } = findBinaryPackage();
  const copy = join(parent, "native");
  cpSync(nativeDir, copy, { recursive: true, filter: (path) => !path.endsWith(".a") });
  const links: { target: string }[] = JSON.parse(readFileSync(join(nativeDir, "pg-symlinks.json"), "utf8"));
  for (const { target } of links) rmSync(join(parent, target), { force: true });
  return { nativeDir: copy, version };
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
    "are copied once to where the unprivileged user can run them, when the checkout is root's alone (needs root)",
    () => {
      const found = anInstallation(aDirectory(0o700));
      const account = findServerAccount("/nowhere");
      const copyParents = [aDirectory(0o700), aDirectory()];
      const needs = { dataDir: aDirectory(), account, log, found, copyParents };

      const { postgres } = prepareServerBinaries(needs);
      expect(dirname(dirname(dirname(postgres)))).toBe(copyParents[1]);
      expect(statSync(postgres)).toMatchObject({ uid: 0, mode: 0o100755 });
      const madeAt = statSync(postgres).ino;
      prepareServerBinaries(needs);
      expect(statSync(postgres).ino).toBe(madeAt);
    },
  );

  it.skipIf(!isRoot).each([
    { name: "cut short", damage: (file: string) => truncateSync(file, 1000) },
    { name: "missing", damage: (file: string) => rmSync(file) },
    { name: "open to others' writing", damage: (file: string) => chmodSync(file, 0o777) },
  ])("a copied file that is $name is repaired (needs root)", ({ damage }) => {
    const found = anInstallation(aDirectory(0o700));
    const needs = {
      dataDir: aDirectory(),
      account: findServerAccount("/nowhere"),
      log,
      found,
      copyParents: [aDirectory()],
    };
    const { postgres } = prepareServerBinaries(needs);
    const library = join(dirname(dirname(postgres)), "lib", "libxml2.so.2");
    damage(library);

    prepareServerBinaries(needs);
    expect(readFileSync(library).equals(readFileSync(join(found.nativeDir, "lib", "libxml2.so.2")))).toBe(true);
    expect(statSync(library).mode & 0o022).toBe(0);
  });

  it("that do not run anywhere are told of, with the way out", () => {
    const found = anInstallation(aDirectory());
    rmSync(join(found.nativeDir, "lib", "libicudata.so.60.2"));
    const account = findServerAccount("/nowhere");
    const prepare = () =>
      prepareServerBinaries({ dataDir: aDirectory(), account, log, found, copyParents: [aDirectory()] });
    expect(prepare).toThrow(/libicu.*Set DATABASE_URL/s);
  });

  it("do not exist for every platform", () => {
    expect(() => findBinaryPackage("plan9-mips")).toThrow(/no built-in PostgreSQL for plan9-mips.*Set DATABASE_URL/s);
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
