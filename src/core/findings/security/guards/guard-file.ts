/** A file that guards the repository, before and after, as the comparisons of this room see it. */

import { parse as parseYaml } from "yaml";
import type { Observation } from "../../detector.ts";
import { withoutJsonComments } from "../../json-comments.ts";
import { recordOf } from "../../record-of.ts";
import { isTangledYaml } from "../../tangled-yaml.ts";

export interface GuardFile {
  path: string;
  /** `null` where the file did not exist. */
  before: string | null;
  /** `null` where it is gone. */
  after: string | null;
}

/** What became looser, and where that is written. */
export interface Loosening extends Pick<Observation, "rule" | "strength" | "what"> {
  /** Words of the line that says so; of the base where `side` says so. */
  words?: string;
  side?: "base" | "head";
  before?: string;
  after?: string;
  symbol?: string;
}

const charactersMax = 300_000;

/** @returns `null` for what cannot be read as JSON (comments and trailing commas included) or YAML */
export function parseGuard(path: string, text: string): Record<string, unknown> | null {
  if (text.length > charactersMax) return null;
  const plain = text.replace(/^\uFEFF/, "");
  const isJson = /\.json[5c]?$|\.renovaterc$/i.test(path);
  const yaml = isJson ? withoutJsonComments(plain) : plain;
  if (isTangledYaml(yaml)) return null;
  try {
    const value: unknown = parseYaml(yaml, { maxAliasCount: 50, logLevel: "error", uniqueKeys: false });
    return typeof value === "object" && value !== null ? recordOf(value) : null;
  } catch {
    return null; // The caller names the file as not analysed.
  }
}

/** @returns the line that has the words, from 1; `null` where none has */
export function lineWith(text: string | null, words: string | undefined): number | null {
  if (text === null || words === undefined || words === "") return null;
  const at = text.indexOf(words);
  return at === -1 ? null : text.slice(0, at).split("\n").length;
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Words of a list, or the one word that stands for a list. */
export function wordsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
}
