/** Whether a description links an issue: a number, a full reference or an address of an issue page. */

const shortReference = /(?:^|[\s(])(?:[\w.-]{1,100}\/[\w.-]{1,100})?#\d{1,9}\b/;
const address = /https:\/\/[^\s/]{1,253}\/[\w.-]{1,100}\/[\w.-]{1,100}\/issues\/\d{1,9}\b/;

export function linksIssue(body: string): boolean {
  const text = body.slice(0, 100_000);
  return shortReference.test(text) || address.test(text);
}
