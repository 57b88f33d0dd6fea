/** Sources name files beside them by their place in the project. In a bundle these lie elsewhere. */

import type { Plugin } from "rolldown";

export interface Rewrite {
  /** End of the path of the source. */
  of: string;
  from: string;
  to: string;
}

/** @throws when a source does not hold what is to be rewritten: the bundle would look for files that are not there */
export function rewrite(rewrites: readonly Rewrite[]): Plugin {
  return {
    name: "rewrite",
    transform(code, id) {
      const wanted = rewrites.filter(({ of }) => id.endsWith(of));
      if (wanted.length === 0) return null;
      let text = code;
      for (const { of, from, to } of wanted) {
        if (!text.includes(from))
          throw new Error(`${of} does not hold ${from} any more: see the rewrites of the bundle.`);
        text = text.replace(from, to);
      }
      return text;
    },
  };
}
