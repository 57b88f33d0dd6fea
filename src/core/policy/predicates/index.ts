/** The table of predicates: the next one is one file and one line here. */

import { draft } from "./draft.ts";

export const predicates = [draft] as const;

export type PredicateKey = (typeof predicates)[number]["key"];
