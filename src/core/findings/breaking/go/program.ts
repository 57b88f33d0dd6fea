/** Whether a Go module is made to be run rather than imported. */

/** Files beside `go.mod` that only programs have. */
const signs = ["main.go", "Dockerfile", ".goreleaser.yaml", ".goreleaser.yml"];

/** Files that tell whether the module of a manifest is a program, seen from its folder: where its command usually stands is among them. */
export function programSigns(manifest: string): string[] {
  const name = modulePathOf(manifest)
    ?.split("/")
    .findLast((part) => !/^v\d{1,4}$/.test(part));
  return name === undefined ? signs : [...signs, `cmd/${name}/main.go`, `cmd/${name}d/main.go`];
}

/**
 * @param textOf the text of a file by its path from the module's folder
 */
export function isProgram(manifest: string, textOf: (path: string) => string | null | undefined): boolean {
  return (
    needsCommandLine(manifest) ||
    replacesModules(manifest) ||
    programSigns(manifest).some((name) => tells(name, textOf(name)))
  );
}

/** @returns whether the text of a file that only programs have is that of a program */
export function tells(name: string, text: string | null | undefined): boolean {
  if (typeof text !== "string") return false;
  if (name.endsWith("main.go")) return /^package main\b/m.test(text);
  // Libraries use it for the notes of their releases.
  return name === "Dockerfile" || !/^\s{0,20}-?\s{0,20}skip:\s{0,20}true\b/m.test(text);
}

const moduleLine = /^module[ \t]+"?([^\s"]{1,300})/m;

/** The path by which a module is imported; `null` where the file does not say. */
export function modulePathOf(manifest: string): string | null {
  return moduleLine.exec(manifest)?.[1] ?? null;
}

const commandLine =
  /^[ \t]{0,8}(require[ \t]{1,8})?(github\.com\/(spf13\/(cobra|viper)|urfave\/cli|alecthomas\/kong|alecthomas\/kingpin|mitchellh\/cli|hashicorp\/cli)|gopkg\.in\/(urfave\/cli|alecthomas\/kingpin))(\/v\d{1,3}|\.v\d{1,3})?[ \t]/;

/** What frames a command line is asked for by the module's own code: there is a command. */
function needsCommandLine(manifest: string): boolean {
  return linesOf(manifest).some((line) => commandLine.test(line) && !line.includes("// indirect"));
}

/**
 * Modules that are put in the place of others count for the main module alone: whoever imports this one gets what was replaced. Folders of
 * the same repository are put there by libraries, too.
 *
 * @see https://go.dev/ref/mod#go-mod-file-replace
 */
function replacesModules(manifest: string): boolean {
  return linesOf(manifest).some((line) => /=>[ \t]{0,8}[^\s./]/.test(line) && !/^[ \t]{0,8}\/\//.test(line));
}

function linesOf(manifest: string): string[] {
  return manifest.split("\n");
}
