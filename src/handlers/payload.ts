/** Tolerant readers of webhook payloads: fields differ between GitHub's versions, and what is not there is `null`, never an error. */

export type Payload = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Payload {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path of keys; `undefined` when any of them is not there. */
export function valueAt(payload: Payload, ...keys: string[]): unknown {
  let value: unknown = payload;
  for (const key of keys) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

export function textAt(payload: Payload, ...keys: string[]): string | null {
  const value = valueAt(payload, ...keys);
  return typeof value === "string" ? value : null;
}

/** A whole number that identifies something. */
export function idAt(payload: Payload, ...keys: string[]): number | null {
  const value = valueAt(payload, ...keys);
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : null;
}

/** The objects of a list; anything else in it is left out. */
export function listAt(payload: Payload, ...keys: string[]): Payload[] {
  const value = valueAt(payload, ...keys);
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A commit id, or `null`: nothing else of a payload may become part of a request's path or query. */
export function shaAt(payload: Payload, ...keys: string[]): string | null {
  const text = textAt(payload, ...keys);
  return text !== null && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text) ? text : null;
}

export interface RepositoryInPayload {
  installationId: number;
  repositoryId: number;
  owner: string;
  name: string;
}

/** `null` when the event names no repository or no installation: nothing could be read for it. */
export function repositoryIn(payload: Payload): RepositoryInPayload | null {
  const installationId = idAt(payload, "installation", "id");
  const repository = valueAt(payload, "repository");
  if (installationId === null || !isObject(repository)) return null;
  const id = idAt(repository, "id");
  const fullName = splitName(textAt(repository, "full_name"));
  return id === null || fullName === null ? null : { installationId, repositoryId: id, ...fullName };
}

/** `owner/name` with the characters that GitHub allows in both. */
export function splitName(fullName: string | null): { owner: string; name: string } | null {
  const match = /^([A-Za-z0-9_-]{1,100})\/([A-Za-z0-9._-]{1,100})$/.exec(fullName ?? "");
  return match?.[1] && match[2] && !/^\.\.?$/.test(match[2]) ? { owner: match[1], name: match[2] } : null;
}
