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
