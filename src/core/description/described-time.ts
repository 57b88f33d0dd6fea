/** @returns `null` where no time is given */
export function timeOf(text: string | undefined): Date | null {
  return text === undefined ? null : new Date(text);
}
