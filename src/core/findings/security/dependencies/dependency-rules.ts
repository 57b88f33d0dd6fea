/** What the rules about dependencies say to people. */

import type { Rule } from "../../detector.ts";

export const dependencyRules: Record<string, Rule> = {
  dependency_added: {
    title: "a dependency was added",
    why: "Its authors' code now runs here.",
    looksAt:
      "Manifests of npm, Python, Go and Rust before and after, others by their lines. One for development only is a `hint`.",
    example: { language: "json", diff: ' "dependencies": {\n+  "left-handed": "^1.0.0"' },
    fix: "Say in the description why it is needed and why this one.",
  },
  dependency_downgraded: {
    title: "a dependency went back to an older version",
    why: "Faults that were mended since come back with it.",
    fix: "Say why in the description, and where the newer version is to return.",
    looksAt: "The lowest version that the range lets in, before and after.",
    example: { language: "toml", diff: ' [dependencies]\n-serde = "1.2"\n+serde = "1.0"' },
  },
  dependency_major_changed: {
    title: "a dependency moved to another major version",
    why: "More than a fix came in.",
    fix: "Read its notes on what breaks, and say what applies here.",
  },
  dependency_source_changed: {
    title: "a dependency now comes from an address instead of the registry",
    why: "An address can serve other code tomorrow, and no registry has a record of it.",
    fix: "Depend on a published version.",
    looksAt:
      "Git and other addresses, other registries and indexes, `replace` in go.mod and `[patch]` in Cargo.toml. Folders of the repository and another version from the same address are left alone.",
    example: { language: "go", diff: "+replace example.com/a => example.com/fork/a v1.0.1" },
  },
  install_script_changed: {
    title: "a script that runs at install was added or changed",
    why: "It runs on every machine that installs, before anybody looks.",
    fix: "Do without: build before publishing, or run it from a script that is called by hand.",
  },
  dependency_runs_at_install: {
    title: "a dependency came in that runs a script at install",
    why: "It runs on every machine that installs, before anybody looks.",
    fix: "Look at the script, or install with scripts switched off.",
    looksAt: "What npm's and pnpm's lock files say of their packages.",
  },
  dependency_manifest_changed: {
    title: "a dependency manifest changed",
    why: "One weak sign; it counts beside others.",
    fix: "Nothing to mend.",
  },
  lock_changed_alone: {
    title: "a lock file changed without its manifest",
    why: "What is installed changed although nobody asked for it; a lock file can point to other code.",
    looksAt: "Only a `hint` where versions moved and everything still comes from the same places.",
    fix: "Say which command changed it, and why.",
  },
  lock_source_changed: {
    title: "a lock file takes code from another place",
    why: "What is installed comes from there, whatever the manifest says.",
    fix: "Look where the package comes from, and make the lock file anew from the usual registry.",
    looksAt: "Hosts and git sources on added lines that stand on no other line of the patch and are no usual registry.",
  },
  manifest_changed_alone: {
    title: "a manifest asks for other dependencies without its lock file",
    why: "What is installed is decided later, by nobody, or the build fails.",
    fix: "Update the lock file with the manifest.",
  },
};
