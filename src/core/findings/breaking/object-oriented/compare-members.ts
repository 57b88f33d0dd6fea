/** Breaks known to languages with classes: what may be extended, overridden, instantiated, set and thrown. */

import type { Rule } from "../../detector.ts";
import type { ApiChange } from "../api/api-language.ts";
import type { ApiSymbol } from "../api/api-surface.ts";

export const memberRules: Record<string, Rule> = {
  inheritance_closed: {
    title: "something can no longer be extended or overridden",
    why: "Subclasses of others no longer compile or load.",
    fix: "Close it in the next major version.",
    looksAt: "`final`, `sealed` and a lost `virtual` or `open` on public classes and methods.",
    example: { language: "java", diff: "-public class Client {\n+public final class Client {" },
  },
  abstract_added: {
    title: "a class can no longer be instantiated",
    why: "Code that creates it no longer compiles.",
    fix: "Keep it concrete, or add a factory first and deprecate the constructor.",
    example: { language: "cs", diff: "-public class Client\n+public abstract class Client" },
  },
  static_changed: {
    title: "a member became static, or no longer is",
    why: "Code has to reach it in another way, and what was compiled before fails.",
    fix: "Add a member of another name.",
    example: { language: "java", diff: "-  public static int size() {\n+  public int size() {" },
  },
  made_read_only: {
    title: "a public field or property can no longer be set",
    why: "Code that sets it no longer compiles.",
    fix: "Keep the setter, marked as deprecated.",
    example: { language: "cs", diff: "-  public string Name { get; set; }\n+  public string Name { get; }" },
  },
  checked_exception_added: {
    title: "a method may throw a further checked exception",
    why: "Callers have to catch or declare it, else their code does not compile.",
    fix: "Wrap it in an exception that is declared already, or in an unchecked one.",
    looksAt: "`throws` in Java. Whether an exception of the project's own is checked is not looked up.",
    example: { language: "java", diff: "-  public int read() {\n+  public int read() throws IOException {" },
  },
};

const checked =
  /^(Exception|Throwable|IOException|InterruptedException|SQLException|ClassNotFoundException|TimeoutException|ExecutionException|GeneralSecurityException|ParseException|URISyntaxException|FileNotFoundException)$/;
const unchecked =
  /^(RuntimeException|Illegal\w{1,40}|NullPointerException|UnsupportedOperationException|IndexOutOfBoundsException|UncheckedIOException|Error|\w{1,40}Error)$/;

/**
 * Reads the marks `protected`, `final`, `abstract`, `static`, `readonly`, `virtual`, `set`, `required`, `arity n` and `throws X`.
 */
export function compareMembers(base: ApiSymbol, head: ApiSymbol): ApiChange[] {
  if (base.kind !== head.kind) return [];
  const found: ApiChange[] = [];
  const add = (rule: string, strength: ApiChange["strength"], what: string) =>
    found.push({ rule, strength, what, base, head });
  const [was, is] = [new Set(base.marks), new Set(head.marks)];
  const gains = (mark: string) => is.has(mark) && !was.has(mark);
  const loses = (mark: string) => was.has(mark) && !is.has(mark);
  const isType = base.kind === "class" || base.kind === "struct" || base.kind === "interface" || base.kind === "enum";
  if (gains("protected")) add("visibility_reduced", "proven", `\`${base.id}\` is now protected`);
  const isClosable = !was.has("static") && !was.has("final") && (isType || base.kind === "method");
  const isFixed = !isType && loses("virtual") && !is.has("override");
  if (isClosable && (gains("final") || isFixed)) {
    const verb = isType ? "extended" : "overridden";
    add("inheritance_closed", "likely", `\`${base.id}\` can no longer be ${verb}`);
  }
  if (isType && gains("abstract") && base.kind === "class") {
    add("abstract_added", "likely", `\`${base.id}\` can no longer be instantiated`);
  }
  if (!isType && (gains("static") || loses("static"))) {
    add("static_changed", "proven", `\`${base.id}\` ${is.has("static") ? "became static" : "is no longer static"}`);
  }
  if (base.kind === "field" && (gains("readonly") || loses("set"))) {
    add("made_read_only", "proven", `\`${base.id}\` can no longer be set`);
  }
  if (gains("required")) add("field_made_required", "likely", `\`${base.id}\` must now be given`);
  found.push(...compareThrown(base, head, was, is));
  const arity = (marks: readonly string[]) => marks.find((mark) => mark.startsWith("arity "));
  if (isType && arity(base.marks) !== arity(head.marks)) {
    add("generics_changed", "likely", `\`${base.id}\` takes other generic parameters`);
  }
  return found;
}

function compareThrown(
  base: ApiSymbol,
  head: ApiSymbol,
  was: ReadonlySet<string>,
  is: ReadonlySet<string>,
): ApiChange[] {
  const found: ApiChange[] = [];
  const isWide = was.has("throws Exception") || was.has("throws Throwable");
  for (const mark of is) {
    const name = mark.startsWith("throws ") ? mark.slice("throws ".length) : null;
    if (name === null || was.has(mark) || isWide || unchecked.test(name)) continue;
    const strength = checked.test(name) ? "proven" : "likely";
    const what = `\`${base.id}\` may now throw \`${name}\``;
    found.push({ rule: "checked_exception_added", strength, what, base, head });
  }
  return found;
}
