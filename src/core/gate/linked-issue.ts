/** Whether a description links an issue: a number, a full reference or an address of an issue page, where a reader of the page sees it. */

import { readDescription } from "./description-lines.ts";

const shortReference = /(?:^|[\s(:,[*_])(?:[\w.-]{1,100}\/[\w.-]{1,100})?(?:#|gh-)[1-9]\d{0,8}\b/i;
const address = /https:\/\/[^\s/]{1,253}\/[\w.-]{1,100}\/[\w.-]{1,100}\/issues\/[1-9]\d{0,8}\b/;

export function linksIssue(body: string): boolean {
  return readDescription(body).some(({ kind, text }) => kind !== "code" && refersToIssue(text));
}

/** The same for one line; what stands in back-ticks links nothing. */
export function refersToIssue(line: string): boolean {
  const text = line.replace(/`[^`]*`/g, "` `");
  return shortReference.test(text) || address.test(text);
}
