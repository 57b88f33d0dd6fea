/** Who outside can use a member of a Java or C# library, or loses it. */

import type { Contents } from "../../../snapshot.ts";
import { folderOf } from "../../file-role.ts";
import type { Reach } from "../../finding.ts";
import type { PlacedChange } from "../api/api-language.ts";
import type { ApiSurface, ApiSymbol } from "../api/api-surface.ts";

/** Whether code that a file is a part of is offered to others: `private` when it is an application or stays at home. */
export type Offer = "public" | "unknown" | "private";

interface Reading {
  read(path: string, text: string): ApiSurface | null;
  /** With the dot. */
  extension: string;
  offerOf(path: string, side: ReadonlyMap<string, string | null>): Offer;
}

/**
 * An overriding method that goes is still there above; so is a member that moved up to a base class.
 *
 * @returns for each change: `null` when nobody outside could use it, or everybody still can
 */
export function memberReach(contents: Contents, reading: Reading): (change: PlacedChange) => Reach | null {
  const offers = new Map<string, Offer>();
  const surfaces = new Map<string, ApiSurface | null>();
  const offerAt = (path: string, side: "base" | "head") => {
    const key = `${side} ${folderOf(path)}`;
    const known = offers.get(key) ?? reading.offerOf(path, contents[side]);
    offers.set(key, known);
    return known;
  };
  const headSurface = (path: string) => {
    const known = surfaces.get(path);
    if (known !== undefined) return known;
    const text = contents.head.get(path);
    const surface = typeof text === "string" ? reading.read(path, text) : null;
    surfaces.set(path, surface);
    return surface;
  };
  return (change) => {
    const offer = offerAt(change.path, change.base === null ? "head" : "base");
    if (offer === "private") return null;
    const symbol = change.base ?? change.head;
    const isProtected = symbol?.marks.includes("protected") ?? false;
    const reach: Reach = offer === "public" && !isProtected ? "public" : "unknown";
    // What an overriding method must look like is said by the one above it.
    if (change.base?.marks.includes("override") && (change.head?.marks.includes("override") ?? true)) return null;
    if (change.head !== null) return reach;
    if (change.hasMoved) return null;
    if (symbol?.owner == null) return reach;
    const text = contents.head.get(change.path) ?? "";
    if (text.includes("import lombok.") && isWrittenByLombok(symbol)) return null;
    const bases = headSurface(change.path)?.symbols.get(symbol.owner)?.bases ?? [];
    const name = symbol.id.slice(symbol.id.lastIndexOf(".") + 1);
    for (const base of bases) {
      const above = [...contents.head].find(([path]) => path.endsWith(`/${base}${reading.extension}`));
      if (typeof above?.[1] === "string" && names(above[1], name)) return null;
    }
    return reach;
  };
}

/** Constructors and accessors that annotations may stand for. */
function isWrittenByLombok({ kind, id }: ApiSymbol): boolean {
  const name = id.slice(id.lastIndexOf(".") + 1);
  return kind === "constructor" || /^((get|set|is|with)[A-Z]|(builder|equals|hashCode|toString|of)$)/.test(name);
}

/** Holds when the text has the word. */
function names(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const isWhole = !/\w/.test(text[at - 1] ?? " ") && !/\w/.test(text[at + word.length] ?? " ");
    if (isWhole) return true;
  }
  return false;
}
