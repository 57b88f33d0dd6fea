/** What users of an entry point can name, and what they meet on the way. */

import { isForeign, type ModuleGraph, type Place, symbolKey } from "./module-graph.ts";
import type { Origin } from "./reading.ts";

export interface EntryOffer {
  file: string;
  /** Names that can be imported, as {@link symbolKey}, each with the name by which users have it: `parse`, `z.string`. */
  exported: ReadonlyMap<string, string>;
  /** Symbols that users meet in what they can import. */
  met: ReadonlySet<string>;
  /** A module on the way was not there: any name may come along it. */
  isOpen: boolean;
  /** Names whose module was not there. */
  openNames: ReadonlySet<string>;
}

/** The key of a type declared in a module, whether it can be imported or not. */
export const typeKey = (path: string, name: string) => symbolKey({ path, name: `(${name})` });

/** Every symbol is looked at once: whole namespaces hand on each other. */
export function entryOffer(file: string, graph: ModuleGraph): EntryOffer {
  const exported = new Map<string, string>();
  const met = new Set<string>();
  const openNames = new Set<string>();
  const start = graph.namesOf(file);
  let isOpen = start.isOpen;
  const open: { place: Place; as: string | null }[] = [];
  for (const [name, place] of start.places) open.push({ place, as: name });
  // Nearest first, so that a name is told as users write it. The list grows while it is walked.
  for (const { place, as } of open) {
    const key = symbolKey(place);
    if (as !== null ? exported.has(key) : met.has(key) || exported.has(key)) continue;
    if (as !== null) exported.set(key, as);
    else met.add(key);
    const module = graph.moduleAt(place.path);
    if (typeof module === "string") continue;
    const origin = module.from.get(place.name);
    const target = origin ? graph.resolve(place.path, origin.module) : null;
    if (origin && target === null && !isForeign(origin.module)) {
      if (origin.name === "*") isOpen = true;
      else openNames.add(origin.name).add(place.name);
    }
    if (origin && target !== null) {
      const names = graph.namesOf(target);
      isOpen ||= origin.name === "*" && names.isOpen;
      const one = names.places.get(origin.name);
      if (origin.name === "*") {
        for (const [name, inner] of names.places) open.push({ place: inner, as: as === null ? null : `${as}.${name}` });
      } else if (one) open.push({ place: one, as });
      else if (names.isOpen) openNames.add(origin.name).add(place.name);
    }
    for (const [type, users] of module.met) if (users.has(place.name)) met.add(typeKey(place.path, type));
    for (const type of module.foreign.get(place.name) ?? []) {
      const path = graph.resolve(place.path, type.module);
      const inner = path === null ? undefined : graph.namesOf(path).places.get(type.name);
      if (inner) open.push({ place: inner, as: null });
    }
  }
  return { file, exported, met, isOpen, openNames };
}

/** Whether a name such as `z.string` can still be imported; `null` where that cannot be told. */
export function stillOffers(file: string, name: string, graph: ModuleGraph): boolean | null {
  let at = file;
  const parts = name.split(".");
  for (const [index, part] of parts.entries()) {
    const names = graph.namesOf(at);
    const place = names.places.get(part);
    if (!place) return names.isOpen ? null : false;
    if (index === parts.length - 1) return true;
    const inner = namespaceAt(place, graph);
    if (inner === null) return null;
    at = inner;
  }
  return true;
}

/** Longest way of one name through modules. */
const stepsMax = 50;

/** The module that a name stands for as a whole. */
function namespaceAt(place: Place, graph: ModuleGraph): string | null {
  let at: Place | undefined = place;
  for (let step = 0; at !== undefined && step < stepsMax; step++) {
    const module = graph.moduleAt(at.path);
    const origin: Origin | undefined = typeof module === "string" ? undefined : module.from.get(at.name);
    const target: string | null = origin ? graph.resolve(at.path, origin.module) : null;
    if (!origin || target === null) return null;
    if (origin.name === "*") return target;
    at = graph.namesOf(target).places.get(origin.name);
  }
  return null;
}
