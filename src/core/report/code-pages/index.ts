/** Every reason code with all that is told of it: the check's links, `docs/codes/` and the web's pages are made from this table. */

import { codes } from "../../gate/codes.ts";
import { problemCodes } from "../../policy/problem-codes.ts";
import type { CodePage } from "./code-page.ts";
import { gateCodePages } from "./gate-code-pages.ts";
import { policyCodePages } from "./policy-code-pages.ts";

export interface ToldCode extends CodePage {
  code: string;
  title: string;
  /** What to do; empty where nothing has to be done. */
  fix: string;
}

const titles: Record<string, { title: string; fix: string }> = { ...codes, ...problemCodes };
const pages: Record<string, CodePage> = { ...gateCodePages, ...policyCodePages };

/** In the order of the codes. */
export const toldCodes: readonly ToldCode[] = Object.entries(titles)
  .flatMap(([code, { title, fix }]): ToldCode[] => {
    const page = pages[code];
    return page === undefined ? [] : [{ code, title, fix, ...page }];
  })
  .sort((a, b) => (a.code < b.code ? -1 : 1));

/** Groups by their letter, as they are listed. */
export const codeGroups: readonly { letter: string; title: string }[] = [
  { letter: "W", title: "Workflows and approvals" },
  { letter: "C", title: "Checkpoints" },
  { letter: "E", title: "Evidence" },
  { letter: "K", title: "Conditions of a checkpoint" },
  { letter: "O", title: "Objections" },
  { letter: "H", title: "Holds" },
  { letter: "A", title: "Conditions of an approval" },
  { letter: "D", title: "Decisions" },
  { letter: "B", title: "Bypasses, maintenance windows and test branches" },
  { letter: "R", title: "Facts that could not be read" },
  { letter: "P", title: "The policy file" },
];

/** Codes by group; a letter without a group of its own comes last. */
export function groupedCodes(): { title: string; codes: ToldCode[] }[] {
  const letterOf = ({ code }: ToldCode) => code.charAt(3);
  const known = new Set(codeGroups.map(({ letter }) => letter));
  return [
    ...codeGroups.map(({ letter, title }) => ({ title, codes: toldCodes.filter((one) => letterOf(one) === letter) })),
    { title: "Others", codes: toldCodes.filter((one) => !known.has(letterOf(one))) },
  ].filter((group) => group.codes.length > 0);
}
