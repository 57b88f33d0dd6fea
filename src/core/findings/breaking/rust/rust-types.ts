/** Whether Rust code that fitted a type fits another, as far as the text tells. */

import { withoutLifetimes } from "./rust-signature.ts";

/** Borrowed forms that the owned ones turn into by themselves. */
const coerced: readonly (readonly [RegExp, string])[] = [
  [/^&String$/, "&str"],
  [/^&PathBuf$/, "&Path"],
  [/^&OsString$/, "&OsStr"],
  [/^&Vec<(.{1,200})>$/, "&[$1]"],
  [/^&(?:Box|Arc|Rc)<(.{1,200})>$/, "&$1"],
];

export function isCompatibleType(from: string, to: string, position: "parameter" | "result" | "value"): boolean {
  const [was, is] = [plain(from), plain(to)];
  if (was === is) return true;
  // A new generic parameter of a type mostly has a default, told where the type is declared when not.
  if (was.endsWith(">") && was.includes("<") && is.startsWith(`${was.slice(0, -1)},`) && !was.startsWith("Result<"))
    return true;
  if (position === "parameter") return takes(was, is);
  if (position === "result") return gives(was, is);
  return false;
}

/** Paths and lifetimes taken off: `std::path::Path` and `Path` are mostly the same. */
function plain(text: string): string {
  return withoutLifetimes(text)
    .replace(/\b(?:\w{1,60}::)+(?=\w)/g, "")
    .replace(/\bdyn\b/g, "")
    .replace(/,(?= ?[>)\]])/g, "")
    .replace(/\s+/g, "");
}

function takes(was: string, is: string): boolean {
  if (was.startsWith("&mut") && `&${was.slice(4)}` === is) return true;
  if (is === "&self" && (was === "self" || was === "&mutself")) return true;
  if (coerced.some(([owned, borrowed]) => owned.test(was) && was.replace(owned, borrowed) === is)) return true;
  if (!is.includes("impl")) return false;
  // What is generic now took one of the types that fit; whether this one, only the compiler knows.
  return was.includes("impl") ? isSubset(boundsOf(is), boundsOf(was)) : true;
}

function gives(was: string, is: string): boolean {
  // Calls of what gave nothing mostly ignore what it gives now.
  if (was === "()") return true;
  if (was.includes("impl") && !is.includes("impl")) return !was.startsWith("implFuture");
  if (was.includes("impl") && is.includes("impl")) return isSubset(boundsOf(was), boundsOf(is));
  // `Result<T>` is an alias of a crate's own for `Result<T, Error>`.
  const [a, b] = [resultOf(was), resultOf(is)];
  return a !== null && b !== null && a.value === b.value && (a.error === null) !== (b.error === null);
}

function boundsOf(text: string): string[] {
  return text
    .replace(/^.{0,20}?impl/, "")
    .split("+")
    .filter(
      (bound) => bound !== "Send" && bound !== "Sync" && bound !== "Sized" && bound !== "?Sized" && bound !== "Unpin",
    );
}

function isSubset(some: readonly string[], all: readonly string[]): boolean {
  return some.every((one) => all.includes(one));
}

function resultOf(text: string): { value: string; error: string | null } | null {
  if (!text.startsWith("Result<") || !text.endsWith(">")) return null;
  const inner = text.slice("Result<".length, -1);
  let depth = 0;
  for (let at = 0; at < inner.length; at++) {
    const letter = inner[at];
    if (letter === "<" || letter === "(" || letter === "[") depth++;
    else if (letter === ">" || letter === ")" || letter === "]") depth--;
    else if (letter === "," && depth === 0) return { value: inner.slice(0, at), error: inner.slice(at + 1) };
  }
  return { value: inner, error: null };
}
