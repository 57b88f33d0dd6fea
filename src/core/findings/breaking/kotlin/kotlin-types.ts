/** Whether types of Kotlin that are written differently are alike to callers, as far as the text tells. */

import type { ApiSymbol } from "../api/api-surface.ts";

/** Annotations, packages and white space taken off. */
function plain(text: string): string {
  return text
    .replace(/@\w{1,60}(\.\w{1,60}){0,6}(\([^()]{0,100}\))?\s?/g, "")
    .replace(/\b(?:[a-z]\w{0,60}\.){1,12}(?=[A-Z])/g, "")
    .replace(/,\s{0,20}(?=[)>])/g, "")
    .replace(/\s+/g, " ")
    .replace(/\s?([<>(),:?])\s?/g, "$1");
}

/** A parameter that takes `null` as well takes all it took; a result that is never `null` is as good as one that may be. */
export function isCompatibleKotlin(
  from: string,
  to: string,
  position: "parameter" | "result" | "value",
  symbol?: ApiSymbol,
): boolean {
  const [was, is] = [plain(from), plain(to)];
  if (was === is) return true;
  if (position === "parameter") return isNullableOf(is, was) || is === "Any?" || (is === "Any" && !was.endsWith("?"));
  // What is set takes the old values only as long as its type is the same.
  const isOnlyRead = position === "result" || (symbol?.marks.includes("readonly") ?? false);
  return isOnlyRead && isNullableOf(was, is);
}

function isNullableOf(nullable: string, plainType: string): boolean {
  return nullable === `${plainType}?` || nullable === `(${plainType})?`;
}
