/** @returns the value where it is an object with keys, as parsed JSON, YAML or TOML may be; else one without any */
export function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
