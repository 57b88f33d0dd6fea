/** Precision and recall of a yes or no, as counted. */

export interface Counts {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}

export function countsOf(pairs: readonly { says: boolean; is: boolean }[]): Counts {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const { says, is } of pairs) counts[says ? (is ? "tp" : "fp") : is ? "fn" : "tn"]++;
  return counts;
}

export function figuresOf({ tp, fp, fn, tn }: Counts) {
  const precision = tp + fp === 0 ? 0 : tp / (tp + fp);
  const recall = tp + fn === 0 ? 0 : tp / (tp + fn);
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    falseAlarms: fp + tn === 0 ? 0 : fp / (fp + tn),
  };
}

/** The share of pairs, one of each kind, that are told apart the right way round. */
export function areaUnderCurve(scored: readonly { score: number; is: boolean }[]): number {
  const sorted = [...scored].sort((a, b) => a.score - b.score);
  let below = 0;
  let right = 0;
  let positives = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && sorted[end]?.score === sorted[start]?.score) end++;
    const tied = sorted.slice(start, end);
    const yes = tied.filter(({ is }) => is).length;
    const no = tied.length - yes;
    right += yes * (below + no / 2);
    below += no;
    positives += yes;
    start = end;
  }
  return positives * below === 0 ? 0 : right / (positives * below);
}
