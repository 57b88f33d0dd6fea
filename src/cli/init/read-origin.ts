/** Whose repository a clone is, and where its pull requests go: read from its `.git` folder. Outside a clone nothing is known. */

import { textOf } from "./list-files.ts";

export interface Origin {
  owner: string | null;
  name: string | null;
  defaultBranch: string | null;
}

/** In a work tree of another clone these stand elsewhere, and are not looked for. */
export async function readOrigin(directory: string): Promise<Origin> {
  const [config, originHead, head] = await Promise.all(
    [".git/config", ".git/refs/remotes/origin/HEAD", ".git/HEAD"].map((path) => textOf(directory, path)),
  );
  const origin = (config ?? "").split(/^\[remote "origin"\]$/m)[1] ?? "";
  const [, owner = null, name = null] =
    /^\s*url\s*=\s*\S*[/:]([A-Za-z0-9-]+)\/([\w.-]+?)(?:\.git)?$/m.exec(origin) ?? [];
  const branch = /^ref: refs\/remotes\/origin\/(\S+)$/m.exec(originHead ?? "")?.[1];
  // Without a remote, the branch that is checked out is the one there is.
  const checkedOut = owner === null ? /^ref: refs\/heads\/(\S+)$/m.exec(head ?? "")?.[1] : undefined;
  return { owner, name, defaultBranch: branch ?? checkedOut ?? null };
}
