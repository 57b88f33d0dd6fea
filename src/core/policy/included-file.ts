/** What an entry of `extends:` points at. */

import { presets } from "./presets/index.ts";
import { suggest } from "./suggest.ts";

/** A policy file that another one builds on. */
export interface IncludedFile {
  /** As written; the key under which the shell hands the text back. */
  reference: string;
  owner: string;
  name: string;
  path: string;
  /** Branch, tag or commit; `null` for the default branch. */
  ref: string | null;
}

export type Reference =
  | { kind: "preset"; name: string; text: string }
  | { kind: "file"; file: IncludedFile }
  | { kind: "bad"; found: string; fix: string };

const fileForm =
  /^([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100}):([^@:\s]{1,200})(?:@([A-Za-z0-9][A-Za-z0-9._/-]{0,199}))?$/;

/** @param owner of the repository that builds on it: nobody else's files are taken, they could loosen the gate at will */
export function parseReference(reference: string, owner: string | null): Reference {
  if (reference.startsWith("preset:")) {
    const name = reference.slice("preset:".length).trim();
    const text = Object.hasOwn(presets, name) ? presets[name] : undefined;
    if (text !== undefined) return { kind: "preset", name, text };
    const near = suggest(name, Object.keys(presets));
    const fix = `write ${near === null ? "one of " : ""}${(near === null ? Object.keys(presets) : [near]).map((preset) => `\`preset:${preset}\``).join(", ")}`;
    return { kind: "bad", found: `there is no preset \`${name}\``, fix };
  }
  const match = fileForm.exec(reference);
  const [, fileOwner, name, path, ref] = match ?? [];
  if (!fileOwner || !name || !path || path.startsWith("/") || path.split("/").includes("..")) {
    const fix = "write `preset:<name>` or `owner/repository:path@ref`";
    return { kind: "bad", found: `"${reference}" names no policy`, fix };
  }
  if (owner !== null && fileOwner.toLowerCase() !== owner.toLowerCase()) {
    const found = `"${reference}" belongs to \`${fileOwner}\`, who could loosen this policy at will`;
    return { kind: "bad", found, fix: `copy the file to a repository of \`${owner}\`` };
  }
  return { kind: "file", file: { reference, owner: fileOwner, name, path, ref: ref ?? null } };
}
