/** GraphQL tree entry or blob → {@link PolicyFile}. */

import type { Read } from "../../core/snapshot.ts";
import type { PolicyFile } from "../../handlers/github-port.ts";

export const policyFileFields = `
fragment PolicyEntryFields on TreeEntry { oid type mode object { ...PolicyBlobFields } }
fragment PolicyBlobFields on Blob { oid text isBinary isTruncated }`;

export interface RawPolicyEntry {
  oid: string;
  type: string;
  mode: number;
  object: RawBlob | null;
}

export interface RawBlob {
  oid?: string;
  text?: string | null;
  isBinary?: boolean | null;
  isTruncated?: boolean;
}

/** Git's mode of a symbolic link, as the number GitHub gives. */
const symbolicLink = 0o120000;

/** @param entry `null` where the commit has no such file */
export function mapPolicyEntry(entry: RawPolicyEntry | null, commit: string | null): Read<PolicyFile> {
  if (entry === null) return { kind: "missing" };
  if (entry.type !== "blob" || entry.mode === symbolicLink)
    return { kind: "unreadable", reason: "it is not a regular file" };
  return mapPolicyBlob(entry.object, commit);
}

/** @param blob `null` where there is no such file */
export function mapPolicyBlob(blob: RawBlob | null, commit: string | null): Read<PolicyFile> {
  if (blob === null) return { kind: "missing" };
  if (blob.oid === undefined) return { kind: "unreadable", reason: "it is not a regular file" };
  if (blob.isBinary || typeof blob.text !== "string") return { kind: "unreadable", reason: "it is not a text file" };
  if (blob.isTruncated) return { kind: "unreadable", reason: "it is too large for GitHub to hand out whole" };
  return { kind: "read", value: { text: blob.text, blobSha: blob.oid, commit } };
}
