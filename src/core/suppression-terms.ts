/** What is asked of whoever leaves a finding out, in the policy and in a comment alike. */

/** In characters; shorter reasons say nothing. */
export const suppressionReasonMin = 10;

/** @param text such as `2027-01-31` */
export function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
