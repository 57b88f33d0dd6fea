/** Whether types of Java and C# that are written differently are alike to callers, as far as the text tells. */

/** Annotations, packages and white space taken off. */
function plain(text: string): string {
  return text
    .replace(/@\w{1,60}(\.\w{1,60}){0,6}(\([^()]{0,100}\))?\s?/g, "")
    .replace(/\bglobal::/g, "")
    .replace(/\b(?:\w{1,60}\.){1,12}(?=[A-Z])/g, "")
    .replace(/\bfinal\s/g, "")
    .replace(/\s+/g, "");
}

/** Types of C# that differ from their nullable form to the compiler, not only to its warnings. */
const values =
  /\b(bool|byte|sbyte|short|ushort|int|uint|long|ulong|float|double|decimal|char|nint|nuint|DateTime|DateTimeOffset|DateOnly|TimeOnly|TimeSpan|Guid|CancellationToken|Int32|Int64|Boolean|Double)\?/g;

export function isCompatibleWritten(from: string, to: string, position: "parameter" | "result" | "value"): boolean {
  const [was, is] = [plain(from), plain(to)];
  if (was === is) return true;
  const loose = (text: string) =>
    text.replace(values, "$1¿").replaceAll("?", (mark, at: number) => (isWildcard(text, at) ? mark : ""));
  const [a, b] = [loose(was), loose(is)];
  if (a === b) return true;
  if (position === "parameter")
    return b === "Object" || b === "object" || (a === b.replaceAll("¿", "") && b.endsWith("¿"));
  return false;
}

/** `List<? extends T>` of Java. */
function isWildcard(text: string, at: number): boolean {
  const before = text[at - 1];
  return before === "<" || before === ",";
}
