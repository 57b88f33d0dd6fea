/** Words for a comment: nobody is called, and nothing links into the check's own page. */

import { code, type Piece, type Words } from "./words.ts";

/** People by name and not by mention, and addresses only where they lead somewhere outside the check. */
export function quietWords(words: Words): Words {
  return words.flatMap((piece): Words => {
    if (piece.kind === "person") return [code(piece.login)];
    if (piece.kind === "strong") return [{ ...piece, words: quietWords(piece.words) }];
    if (piece.kind !== "link") return [piece];
    const inner: Piece = { ...piece, words: quietWords(piece.words) };
    return piece.href.startsWith("#") ? inner.words : [inner];
  });
}
