/** What a file of infrastructure sets that matters to security. */

import type { Strength } from "../../finding.ts";

export interface Setting {
  rule: string;
  strength: Strength;
  /** Short phrase, starts lower case. */
  what: string;
  /** Tells it apart from others of its rule when before and after are compared. */
  key: string;
  /** From 1. */
  line: number;
  /** As written, one line. */
  source: string;
}

export interface Settings {
  /** Reported where the change brings it. */
  weak: Setting[];
  /** Reported where the change takes it away. */
  guards: Setting[];
  /** Names of the images that are used, without tag and digest. */
  images: Set<string>;
  /** Dotted paths of the maps in it, where it has any. */
  paths: Set<string>;
  /** Whether every part of it was understood and looked at. */
  isWhole: boolean;
}

export function noSettings(): Settings {
  return { weak: [], guards: [], images: new Set(), paths: new Set(), isWhole: true };
}

/** @returns `null` for what cannot be read */
export type SettingsReader = (text: string) => Settings | null;

export const sourceCharactersMax = 200;
