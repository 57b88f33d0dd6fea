import { isMap, isScalar, isSeq } from "yaml";

const nestingMax = 500;
const aliasesMax = 500;

/**
 * Whether YAML is built to keep its reader busy: the parser takes minutes for brackets that nest tens of thousands deep, and looks through
 * the whole document for each alias. One look at each character; what people write has a dozen of either.
 */
export function isTangledYaml(text: string): boolean {
  let open = 0;
  let aliases = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 91: // [
      case 123: // {
        if (++open > nestingMax) return true;
        break;
      case 93: // ]
      case 125: // }
        if (open > 0) open--;
        break;
      case 42: // *
        if (isAliasAt(text, at) && ++aliases > aliasesMax) return true;
        break;
    }
  }
  return false;
}

/** `key: *name`, `[*name, *name]`; a bullet of a comment's list has a space after it. */
function isAliasAt(text: string, at: number): boolean {
  return /[\s[{,:]/.test(text.charAt(at - 1)) && /[^\s*\]},/.]/.test(text.charAt(at + 1));
}

/**
 * Whether lists or maps stand as keys, as no configuration has them. As plain values such keys are texts of texts: the parser needs minutes
 * and all memory for those that nest a few hundred deep.
 *
 * @param root of a parsed document
 */
export function hasOddKeys(root: unknown): boolean {
  const open = [root];
  while (open.length > 0) {
    const node = open.pop();
    if (isSeq(node)) for (const item of node.items) open.push(item ?? null);
    if (!isMap(node)) continue;
    for (const { key, value } of node.items) {
      if (key !== null && !isScalar(key)) return true;
      open.push(value ?? null);
    }
  }
  return false;
}
