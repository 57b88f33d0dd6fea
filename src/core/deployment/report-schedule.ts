/** When a waiting run is told what it waits for: GitHub takes ten reports for each request, so later ones keep their distance. */

/** @see https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/create-custom-protection-rules */
export const reportsMax = 10;
/** @see https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/create-custom-protection-rules */
export const reportCharactersMax = 1_024;

const minute = 60_000;
/** After so many reports, how long at least until the next. */
const distances = [0, 1, 5, 15, 30, 60, 120, 240, 480, 720].map((minutes) => minutes * minute);

/**
 * @param sent how many were sent, and when the last one was
 * @returns when the next may be sent; `null`: none any more
 */
export function nextReportAt(sent: { count: number; lastAt: Date | null }): Date | null {
  const distance = distances[sent.count];
  if (sent.count >= reportsMax || distance === undefined) return null;
  return new Date((sent.lastAt?.getTime() ?? 0) + distance);
}
