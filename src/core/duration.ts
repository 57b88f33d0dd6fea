/** Durations as people write them in a policy: `24_hours`, `48h`, `2 days`, `30s`, `PT48H`. */

const unitMs: Record<string, number> = {
  s: 1000,
  sec: 1000,
  second: 1000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  h: 3_600_000,
  hr: 3_600_000,
  hour: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  w: 604_800_000,
  week: 604_800_000,
};

/** Longest duration a policy may ask for: ten years, well inside what a `Date` can carry. */
export const durationMaxMs = 10 * 365 * 86_400_000;

const plain = /^(\d+(?:\.\d+)?)[ _]?([a-z]+)$/;
// ISO 8601-1 5.5.2 without years and months, whose length depends on the calendar.
const iso = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;

/**
 * @param text one amount with a unit, singular or plural, joined by nothing, a space or an underscore; or ISO 8601
 * @returns milliseconds; `null` when it is no duration, is zero, or is longer than {@link durationMaxMs}
 */
export function parseDuration(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed.length > 40) return null;
  const ms = parsePlain(trimmed.toLowerCase()) ?? parseIso(trimmed);
  return ms !== null && ms > 0 && ms <= durationMaxMs ? ms : null;
}

function parsePlain(text: string): number | null {
  const match = plain.exec(text);
  if (!match?.[1] || !match[2]) return null;
  const unit = unitMs[match[2]] ?? (match[2].endsWith("s") ? unitMs[match[2].slice(0, -1)] : undefined);
  return unit === undefined ? null : Math.round(Number(match[1]) * unit);
}

function parseIso(text: string): number | null {
  const match = iso.exec(text);
  if (!match || !/\d/.test(text) || /t$/i.test(text)) return null;
  const [, weeks, days, hours, minutes, seconds] = match;
  const amount = (value: string | undefined, unit: string) => Number(value ?? 0) * (unitMs[unit] ?? 0);
  return Math.round(
    amount(weeks, "w") + amount(days, "d") + amount(hours, "h") + amount(minutes, "m") + amount(seconds, "s"),
  );
}
