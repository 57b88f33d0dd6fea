/**
 * Type declarations of the API that stand by themselves: of ours and of zod, the one package that they speak of, exactly the files that
 * are reached. Without zod's, whoever type-checks against them would have to install the same version.
 */

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, posix, relative } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "../..");
const zod = join(root, "node_modules/zod");

/** Declarations of other packages, by module specifier, with where they go below the types. */
const vendored: Readonly<Record<string, string>> = {
  zod: "zod/index.d.ts",
  "zod/v4/core": "zod/v4/core/index.d.ts",
};

/** @throws when a declaration speaks of a package that is not vendored, or of a file that was not emitted */
export async function writeDeclarations(entry: string, outDir: string): Promise<void> {
  const emitted = await mkdtemp(join(tmpdir(), "holdpoint-types-"));
  try {
    await emit(entry, emitted);
    const start = entry.replace(/^src\//, "").replace(/\.ts$/, ".d.ts");
    const waiting = [start];
    const written = new Set<string>();
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (written.has(path)) continue;
      written.add(path);
      const at = path;
      const text = await readFile(path.startsWith("zod/") ? join(zod, path.slice(4)) : join(emitted, path), "utf8");
      const told = withoutMap(text).replaceAll(
        /(^(?:import|export)\b[^;"]*? from |\bimport\()"([^"]+)"/gm,
        (_, before: string, specifier: string) => {
          const target = targetOf(specifier, at);
          waiting.push(target);
          return `${before}"${specifierOf(target, at)}"`;
        },
      );
      const file = join(outDir, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, told);
    }
  } finally {
    await rm(emitted, { recursive: true, force: true });
  }
}

async function emit(entry: string, outDir: string): Promise<void> {
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      outDir,
      rootDir: join(root, "src"),
      typeRoots: [join(root, "node_modules/@types")],
    },
    include: [],
    files: [join(root, entry), join(root, "src/core/findings/breaking/javascript/oxc-bindings.d.ts")],
  };
  const file = join(outDir, "tsconfig.json");
  await writeFile(file, JSON.stringify(config));
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  await promisify(execFile)(process.execPath, [compiler, "--project", file]);
}

/** Below the types, of what a declaration at `at` names. */
function targetOf(specifier: string, at: string): string {
  if (!specifier.startsWith(".")) {
    const known = Object.hasOwn(vendored, specifier) ? vendored[specifier] : undefined;
    if (known === undefined)
      throw new Error(`${at} speaks of the package ${specifier}, which is not among the vendored.`);
    return known;
  }
  return posix.join(posix.dirname(at), specifier.replace(/\.d\.[cm]?ts$|\.[cm]?[jt]s$/, ".d.ts"));
}

function specifierOf(target: string, at: string): string {
  const path = relative(posix.dirname(at), target)
    .replaceAll("\\", "/")
    .replace(/\.d\.ts$/, ".js");
  return path.startsWith(".") ? path : `./${path}`;
}

/** Maps would name sources that are not there. */
function withoutMap(text: string): string {
  return text.replace(/^\/\/# sourceMappingURL=.*\n?/m, "");
}
