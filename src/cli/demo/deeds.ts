/** What one can do in the running demonstration: names and arguments for people → the call that the simulated GitHub takes. */

import { readFileSync } from "node:fs";
import { UsageError } from "../usage-error.ts";

export interface Call {
  do: string;
  with: unknown[];
}

interface Deed {
  /** As the help shows it. */
  args: string;
  /** Fewest arguments; the last may run on. */
  needs: number;
  call(args: readonly string[]): Call;
}

export const deeds: Readonly<Record<string, Deed>> = {
  approve: onPullRequest("approve"),
  object: onPullRequest("requestChanges", "<why>"),
  comment: onPullRequest("comment", "<text>"),
  label: onPullRequest("label", "<name>"),
  unlabel: onPullRequest("unlabel", "<name>"),
  draft: onPullRequest("convertToDraft"),
  ready: onPullRequest("markReady"),
  close: onPullRequest("close"),
  reopen: onPullRequest("reopen"),
  merge: onPullRequest("merge"),
  describe: {
    args: "<number> <text>",
    needs: 2,
    call: ([number, ...words]) => ({ do: "edit", with: [toNumber(number), { body: toText(words) }] }),
  },
  open: {
    args: "<title> <path> <text or @file>",
    needs: 3,
    call: ([title, path = "", ...words]) => ({
      do: "openPullRequest",
      with: [{ title, files: { [path]: toContent(words) } }],
    }),
  },
  push: {
    args: "<number> <path> <text or @file>",
    needs: 3,
    call: ([number, path = "", ...words]) => ({
      do: "pushTo",
      with: [toNumber(number), { [path]: toContent(words) }, `Change ${path}`],
    }),
  },
};

/** @throws {UsageError} for a deed that nobody can do, or arguments that do not fit it */
export function readDeed(name: string, args: readonly string[]): Call {
  const deed = Object.hasOwn(deeds, name) ? deeds[name] : undefined;
  if (deed === undefined)
    throw new UsageError(`Nobody can "${name}" here. There is: ${Object.keys(deeds).join(", ")}.`);
  if (args.length < deed.needs) throw new UsageError(`Say: demo act <login> ${name} ${deed.args}`);
  return deed.call(args);
}

function onPullRequest(method: string, text = ""): Deed {
  return {
    args: `<number> ${text}`.trim(),
    needs: text === "" ? 1 : 2,
    call: ([number, ...words]) => ({
      do: method,
      with: [toNumber(number), ...(words.length > 0 ? [toText(words)] : [])],
    }),
  };
}

function toNumber(text = ""): number {
  const number = Number(text.replace(/^#/, ""));
  if (!Number.isInteger(number) || number < 1) throw new UsageError(`"${text}" is not the number of a pull request.`);
  return number;
}

/** A shell's `\n` is meant as a line break. */
function toText(words: readonly string[]): string {
  return words.join(" ").replaceAll("\\n", "\n");
}

function toContent(words: readonly string[]): string {
  const [first = "", ...rest] = words;
  if (!first.startsWith("@") || rest.length > 0) return `${toText(words)}\n`;
  try {
    return readFileSync(first.slice(1), "utf8");
  } catch (error) {
    throw new UsageError(`${first.slice(1)} cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}
