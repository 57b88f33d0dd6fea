/** What single lines of product code do to those who run it: marks of deprecation, failures, exits, defaults, switches. */

/** Marks that a declaration is to go. Prose about deprecation counts only where it stands in a comment that begins with it. */
const deprecation =
  /@deprecated\b|@Deprecated\b|#\[deprecated\b|\bDeprecationWarning\b|\bPendingDeprecationWarning\b|\bdeprecate\(|\bwarn_deprecation\b|\bdeprecated\(|^\s*\/\/ Deprecated:|\[Obsolete\b|\.\. deprecated::|\bmarkDeprecated\b|\bE_USER_DEPRECATED\b|\bCLI_DEPRECAT|^\s*(?:\/\/|#|\*)\s?(?:TODO:?\s?)?(?:deprecated|DEPRECATED)\b/;

export function marksDeprecated(text: string): boolean {
  const line = text.slice(0, 500);
  return deprecation.test(line) && !/^\s*(?:import|from|use|using|const \{)\b/.test(line);
}

const compatibility =
  /\bback(?:ward)?s?[- ]?compat(?:ible|ibility)?\b|\bbackward_?compat|\blegacy\b|\bLegacy[A-Z]\w|\blegacy[A-Z_]\w|\bfor (?:old|older|previous) (?:versions?|releases?|users?|configs?)\b/i;

/** Holds for lines that say they are there for those who come from an older version. */
export function keepsCompatible(text: string): boolean {
  return compatibility.test(text.slice(0, 500));
}

const failure =
  /\bthrow\s(?:new\s)?[A-Z]\w{1,80}|^\s*raise\s[A-Z]\w|\breturn\s(?:\w{1,40}(?:\{\})?,\s?){0,3}(?:fmt\.Errorf|errors\.(?:New|Wrapf?))\(|\breturn\sErr\(\s?(?!e\b|err\b)|\b(?:bail|ensure)!\(|\bpanic!?\(|\blog\.Fatal\w{0,2}\(|\bprocess\.exit\(|\bos\.Exit\(|\bsys\.exit\(|\bprocess::exit\(/;

/** Holds for lines that end what they are in with a failure. */
export function fails(text: string): boolean {
  const line = text.slice(0, 500);
  return failure.test(line) && !isComment(line);
}

/** Holds for lines that let what follows happen in some cases only. */
export function isCondition(text: string): boolean {
  return /^\s*(?:\}\s?)?(?:else\s?)?(?:el)?(?:if|unless|match|switch|case|default|guard|when|except|catch)\b|\bensure!\(|=>|\?\?|\|\|/.test(
    text.slice(0, 500),
  );
}

export function isComment(text: string): boolean {
  return /^\s*(?:\/\/|\/\*|\*|#(?!\[)|--|<!--|"""|''')/.test(text.slice(0, 500));
}

function isImport(text: string): boolean {
  return /^\s*(?:import|from|use|using)\s|\brequire\(\s?["'`]/.test(text.slice(0, 500));
}

/** @returns the code that the program ends with, where the line says one */
export function exitCodeOf(text: string): string | null {
  const line = text.slice(0, 500);
  return (
    /\b(?:process\.exit|os\.Exit|sys\.exit|process::exit|System\.exit|Environment\.Exit)\(\s?(-?\d{1,3})/.exec(
      line,
    )?.[1] ??
    /\bprocess\.exitCode\s?=\s?(-?\d{1,3})/.exec(line)?.[1] ??
    null
  );
}

/** A value that holds where users give none, as one line shows it. */
export interface StatedDefault {
  /** The line with the value taken out. */
  around: string;
  value: string;
}

const literal =
  /(?:"[^"]{1,200}"|'[^']{1,200}'|`[^`]{1,200}`|\b(?:true|false|True|False|null|None|nil|undefined)\b|-?\b\d[\d_.]{0,30}\w{0,3}\b|\[\]|\{\})/;

/** Words and signs behind which a default stands. */
const statesDefault =
  /\bdefaults?\w{0,30}["']?\s{0,2}[:=(]|\bDEFAULT_\w{1,60}\b|\b[dD]efault[A-Z]\w{0,60}\b|\bunwrap_or\(|\.get\(\s?["'][^"']{1,80}["']\s?,|\bgetattr\([^,()]{1,80},\s?["'][^"']{1,80}["']\s?,|\bSetDefault\(|\bdefault_value(?:_t)?\b|^\s*(?:pub\s)?\w{1,60}\s?:\s?[\w[\]| ]{1,80}\s?=(?![=>])/;

/** A fallback; an empty one only guards against nothing being there. */
const fallback = /(?:\?\?|\|\|)=?\s{1,2}\(?(?=["'`](?!["'`])|true\b|false\b|-?\d)/;

/** @returns `null` where the line states no default with a literal value */
export function defaultOf(text: string): StatedDefault | null {
  const line = text.slice(0, 500).trim();
  if (isComment(line) || isImport(line)) return null;
  const stated = fallback.exec(line) ?? statesDefault.exec(line);
  if (stated === null) return null;
  // The value stands behind what makes it a default.
  const from = stated.index + stated[0].length;
  const found = literal.exec(line.slice(from));
  if (found === null) return null;
  const start = from + found.index;
  return { around: `${line.slice(0, start)}…${line.slice(start + found[0].length)}`, value: found[0] };
}

/** @returns a switch and the way it stands: `enabled: false`, `experimental = true`, `ENABLE_X: "1"` */
export function switchOf(text: string): { name: string; isOn: boolean } | null {
  const found =
    /^\s*(?:export\s)?(?:const\s|let\s|var\s|pub\sconst\s|static\s)?["']?(\w{0,40}(?:enable|enabled|disable|disabled|experimental|feature|strict|legacy|use|allow|opt)\w{0,40})["']?(?:\s?:\s?\w{1,20})?\s?[:=]\s?["']?(true|false|True|False|1|0|on|off)["']?[,;]?$/i.exec(
      text.slice(0, 300),
    );
  if (found === null) return null;
  return { name: found[1] ?? "", isOn: /^(true|1|on)$/i.test(found[2] ?? "") };
}

/** Holds for lines that begin a function or a type: what stands below is new, not an existing path. */
export function beginsDeclaration(text: string): boolean {
  return (
    /^\s*(?:export\s|default\s|async\s|public\s|private\s|protected\s|static\s|override\s|abstract\s|pub(?:\(\w{1,20}\))?\s|unsafe\s|const\s){0,4}(?:function\b|class\s|interface\s|def\s|func[\s(]|fn\s|impl\b|struct\s|enum\s|trait\s)|=>\s?\{\s*$|^\s*(?:async\s)?[\w$]{1,60}\([^()]{0,200}\)(?:\s?:\s?[^{}]{1,100})?\s\{\s*$/.test(
      text.slice(0, 500),
    ) && !/^\s*(?:if|for|while|switch|catch|else|match)\b/.test(text.slice(0, 100))
  );
}
