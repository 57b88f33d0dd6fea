/** What is less sure in Python than the change of a declaration alone would say. */

import type { PlacedChange, ReachInput } from "../api/api-language.ts";
import type { ApiSymbol } from "../api/api-surface.ts";
import { ancestryOf, inherits } from "./ancestry.ts";
import { withDifference } from "./differing-parameters.ts";
import { isHelperModule, moduleOf } from "./module-paths.ts";
import { reachOf } from "./reach.ts";
import { type Modules, readModules } from "./reexports.ts";

const typeRules = new Set(["parameter_type_changed", "result_type_changed", "value_type_changed"]);

export function refine(input: ReachInput): (change: PlacedChange) => PlacedChange | null {
  const head = readModules(input.contents.head);
  let reach: ReturnType<typeof reachOf> | null = null;
  return (change) => {
    const found = weakened(change, head, () => {
      reach ??= reachOf(input);
      return reach(change) === "unknown";
    });
    return found === null ? null : withDifference(found);
  };
}

function weakened(change: PlacedChange, head: Modules, isUncertain: () => boolean): PlacedChange | null {
  const { base, rule, strength } = change;
  if (rule === "export_removed" && base !== null && isOwnTool(base)) return null;
  if (rule === "result_type_changed" && strength !== "proven" && isAwaitedOtherwise(change)) return null;
  // Annotations bind only those who check them.
  if (typeRules.has(rule) && strength === "likely") return { ...change, strength: "hint" };
  // Few outside build what the package builds for them.
  if (base?.marks.includes("generated") && strength === "proven")
    return { ...change, strength: rule === "parameter_reordered" ? "hint" : "likely" };
  if (rule === "base_removed") return withoutDetour(change, head);
  const found = rule === "member_removed" ? withoutHeir(change, head) : change;
  if (found?.strength === "proven" && (isSwallowed(found) || (isHelperModule(moduleOf(found.path)) && isUncertain())))
    return { ...found, strength: "likely" };
  return found;
}

/** Every module makes these for itself, wherever it needs them. */
function isOwnTool({ kind, text }: ApiSymbol): boolean {
  return (
    kind === "constant" &&
    /=\s?(\w{1,40}\.)?(getLogger|get_logger|TypeVar|ParamSpec)\(|=\s?[\w.]{1,80}\(__name__\)/.test(text)
  );
}

/** What was a parameter may go on as one of the keywords. */
function isSwallowed({ rule, head }: PlacedChange): boolean {
  const takesAny = head?.signatures.some(({ parameters }) => parameters.some(({ passing }) => passing === "keywords"));
  return rule === "parameter_removed" && takesAny === true;
}

/** The annotations of what is awaited and what is not mean different things; that it changed is told by itself. */
function isAwaitedOtherwise({ base, head }: PlacedChange): boolean {
  return base?.marks.includes("async") !== head?.marks.includes("async");
}

/** A base that is still met further up is not lost; where it may be, that is hardly worth a word. */
function withoutDetour(change: PlacedChange, head: Modules): PlacedChange | null {
  const { base, head: now } = change;
  const module = now === null ? null : head.at(now.path);
  if (base === null || now === null || !module) return change;
  const { names, hasUnseen } = ancestryOf(head, module, now.id);
  const lost = base.bases.filter((one) => !names.has(one));
  if (lost.length === 0) return null;
  return hasUnseen ? { ...change, strength: "hint" } : change;
}

/** A member that was taken away from a class may still come from above: only here the modules of its bases are read. */
function withoutHeir(change: PlacedChange, head: Modules): PlacedChange | null {
  const { base } = change;
  const module = base === null ? null : head.find(moduleOf(base.path));
  if (base === null || !module) return change;
  const found = inherits(head, module, base);
  return found === true ? null : { ...change, strength: found === "unseen" ? "likely" : "proven" };
}
