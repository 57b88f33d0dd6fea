/** Queries and commands that are put together from text. */

import { argsOf, type CodeRule, isConstantName } from "../code-rule.ts";
import { type Fact, hole, type Value } from "../facts.ts";
import { isRequestInput } from "./request-input.ts";

const sql =
  /^\s{0,40}(?:\(\s{0,9})?(?:select\s[\s\S]{1,600}?\sfrom\s|insert\s{1,9}(?:or\s{1,9}\w{1,9}\s{1,9}|ignore\s{1,9})?into\s|update\s{1,9}\S{1,100}\s{1,9}set\s|delete\s{1,9}from\s|with\s{1,9}\w{1,60}\s{1,9}as\s{0,9}\()/i;
const condition = /^\s{0,9}(?:and\s|or\s|where\s)?[\w."`[\]]{1,80}\s{0,9}(?:=|<>|!=|<|>|like|ilike|in)\s/i;
/** What stands before a place where a value goes; a name of a table or column stands behind other words. */
const beforeValue =
  /(?:=|<|>|\blike|\bilike|\bvalues\s{0,9}\(|\bbetween|\bin\s{0,9}\(|,)\s{0,9}[a-z]{0,1}['"%]{0,3}\(?$|['%]$/i;
const quotedBefore = /(?:=|<|>|\blike|\bilike|\(|,)\s{0,9}[a-zA-Z]?['"]%?[\w%.-]{0,30}$/;
const saysOnly =
  /(?:^|\.|_)(?:log|logger|print|println|printf|debug|info|warn|warning|error|fatal|trace|throw|exception|assert\w{0,20}|expect|raise|panic|puts|errorf|describe|it|test|comment|message|msg|title|description|help|label)(?:\(\))?(?:$|\.)|(?:Error|Exception)$/i;
const safeHole =
  /\b(?:q|quote\w{0,20}|escape\w{0,20}|sanitize\w{0,20}|literal|placeholders?|identifier|parseInt|Number|int|intval|float|floatval|len|count|length|size|strconv\.\w{1,12}|to_i|id_list_placeholders|join\(["'`]\??)\b|\?|\.(?:length|size|count)\b|\(int\)|\$\d|^[\d.]{1,20}$/i;

interface Hole {
  source: string;
  /** The text before it, back to the hole before; and what follows. */
  before: string;
  after: string;
}

function holesOf(value: Value): Hole[] {
  const parts = (value.literal ?? "").split(hole);
  return value.holes.map((source, at) => ({ source, before: parts[at] ?? "", after: parts[at + 1] ?? "" }));
}

/** `${table}.name`, or one of the columns that a row is inserted into. */
function isIdentifier({ before, after }: Hole): boolean {
  return (
    /^["`\]]?\.\w/.test(after) ||
    /\binto\b[^()]{0,100}\([^()]{0,300}$/i.test(before) ||
    (/^\)\s{0,9}values\b/i.test(after) && before.trim() !== "")
  );
}

/** Holds for what is a number by its name, where it stands without quotation marks: text there would be no query. */
function isNumber({ source, before }: Hole): boolean {
  return (
    !/['"%]\s{0,3}$/.test(before) &&
    /(?:count|score|hotness|confidence|limit|offset|page|size|min|max|total|days|hours|seconds|_at|At|time|number|index|weight)\)?$/.test(
      source,
    )
  );
}

function valueHoles(fact: Fact): Hole[] {
  if (fact.value?.kind !== "built") return [];
  return holesOf(fact.value).filter(
    (one) =>
      (beforeValue.test(one.before.slice(-80)) || quotedBefore.test(one.before.slice(-80))) &&
      !isIdentifier(one) &&
      !isConstantName(one.source) &&
      !safeHole.test(one.source),
  );
}

function isQuery(fact: Fact): boolean {
  const literal = fact.value?.literal ?? "";
  if (saysOnly.test(fact.owner)) return false;
  return (
    sql.test(literal) ||
    (condition.test(literal) &&
      /\.(?:where|whereRaw|orWhereRaw|raw|havingRaw|find_by_sql|having|execute|query|literal|Where|Raw|Exec|Having)$/.test(
        fact.owner,
      ))
  );
}

export const queryBuiltFromText: CodeRule = {
  id: "query_built_from_text",
  when: "appears",
  strength: "likely",
  near: /\bselect\s|insert\s+into|\bupdate\s+\S+\s+set\b|delete\s+from|\.(?:or)?where(?:Raw)?\(|[.>]raw\(|find_by_sql|\.having/i,
  rule: {
    title: "a query is put together from text",
    why: "A value that holds a quotation mark becomes part of the query, and with it whatever its sender writes.",
    fix: "Pass values as parameters (`?`, `$1`, `:name`) beside the query.",
    looksAt:
      "Texts that begin as an SQL statement, or conditions given to a query builder, with another value joined in where a value goes. Tagged templates, constants, numbers and quoted identifiers are left alone. What comes from a request as it is makes it `proven`.",
    example: {
      language: "py",
      diff: '-db.execute("SELECT * FROM users WHERE name = %s", (name,))\n+db.execute(f"SELECT * FROM users WHERE name = \'{name}\'")',
    },
  },
  says: (fact) => `a query is put together from text: \`${valueHoles(fact)[0]?.source ?? ""}\` becomes a part of it`,
  patterns: [
    {
      on: "text",
      test: (fact) => isQuery(fact) && valueHoles(fact).some(({ source }) => isRequestInput(source)),
      strength: "proven",
    },
    { on: "text", test: (fact) => isQuery(fact) && valueHoles(fact).some((one) => !isNumber(one)) },
    { on: "text", test: (fact) => isQuery(fact) && valueHoles(fact).length > 0, strength: "hint" },
  ],
};

const safeArgument =
  /quote|escape|shlex|shellwords|Shellwords|JSON\.stringify|encodeURI|\bos\.getpid|process\.pid|sys\.executable|__dirname|__FILE__/i;

/** Holds for a command with something in it that was not written here and not quoted. */
function isMixed(value: Value | undefined): boolean {
  if (value?.kind !== "built") return false;
  return value.holes.some((source) => !isConstantName(source) && !safeArgument.test(source));
}

const shells =
  /^["'`](?:\/(?:usr\/)?bin\/)?(?:ba|da|z|k)?sh["'`], ["'`]-\w{0,3}c["'`], |^["'`](?:cmd|cmd\.exe)["'`], ["'`]\/[cC]["'`], |^["'`](?:powershell|pwsh)/;
const lastMixed = ({ args }: Fact) => isMixed(args.at(-1));
const hasRequest = (fact: Fact) => isRequestInput(argsOf(fact));

export const commandBuiltFromText: CodeRule = {
  id: "command_built_from_text",
  when: "appears",
  strength: "likely",
  near: /\bexec\w{0,12}\(|child_process|\bsystem[( ]|popen|getoutput|subprocess|spawn|exec\.Command|\.exec\(|ProcessBuilder|Process\.?Start|passthru|shell|Command::new|Open3|`[^`]{0,200}#\{/i,
  rule: {
    title: "a shell command is put together from text",
    why: "A value that holds a semicolon or a back-tick becomes a command of its own.",
    fix: "Call the program without a shell, with its arguments as a list.",
    looksAt:
      "Calls that go through a shell with a text into which another value is joined. Constants and what a quoting function gives are left alone.",
    example: { language: "ts", diff: '-execFile("git", ["clone", url]);\n+exec(`git clone ${url}`);' },
  },
  says: (fact) =>
    `a shell command is put together from text: \`${fact.name === "" ? fact.source.slice(0, 60) : fact.name}\``,
  key: (fact) => `${fact.name} ${argsOf(fact)} ${fact.kind === "text" ? fact.source : ""}`,
  patterns: [
    {
      on: "call",
      in: ["javascript"],
      name: /^(?:(?:child_process|childProcess|cp|shell|shelljs)\.)?exec(?:Sync|Async|Promise|P)?$/,
      test: (fact) => isMixed(fact.args[0]) && hasRequest(fact),
      strength: "proven",
    },
    {
      on: "call",
      in: ["javascript"],
      name: /^(?:(?:child_process|childProcess|cp|shell|shelljs)\.)?exec(?:Sync|Async|Promise|P)?$/,
      test: ({ args }) => isMixed(args[0]),
    },
    {
      on: "call",
      in: ["javascript"],
      name: /(?:^|\.)(?:spawn|spawnSync|execFile|execFileSync|execa)$/,
      args: /\bshell:\s?true\b/,
      test: ({ args }) => args.some(isMixed),
    },
    {
      on: "call",
      in: ["javascript"],
      name: /(?:^|\.)(?:spawn|spawnSync|execFile|execFileSync)$/,
      args: shells,
      test: ({ args }) => /\$\{/.test(args[1]?.source ?? ""),
    },
    {
      on: "call",
      in: ["python"],
      name: /^(?:os\.(?:system|popen)|commands\.getoutput|subprocess\.get(?:status)?output|asyncio\.create_subprocess_shell)$/,
      test: ({ args }) => isMixed(args[0]),
    },
    {
      on: "call",
      in: ["python"],
      name: /^subprocess\.(?:run|call|check_call|check_output|Popen)$/,
      args: /\bshell=True\b/,
      test: ({ args }) => isMixed(args[0]) || args[0]?.kind === "name" || args[0]?.kind === "call",
    },
    { on: "call", in: ["go"], name: /^exec\.Command(?:Context)?$/, args: shells, test: (fact) => lastMixed(fact) },
    {
      on: "call",
      in: ["go"],
      name: /^exec\.CommandContext$/,
      args: /^\w{1,30}, ["'`](?:\/bin\/)?(?:ba)?sh["'`], "-\w{0,3}c", /,
      test: (fact) => lastMixed(fact),
    },
    {
      on: "call",
      in: ["java"],
      name: /(?:^|\.)(?:getRuntime\(\)|runtime|rt)\.exec$/i,
      test: ({ args }) =>
        isMixed(args[0]) ||
        /^new String\[\]\s?\{\s?"(?:\/bin\/)?(?:ba)?sh",\s?"-c",\s?[^"]/.test(args[0]?.source ?? ""),
    },
    {
      on: "call",
      in: ["java"],
      name: /^ProcessBuilder$/,
      args: shells,
      test: ({ args }) => isMixed(args.at(-1)) || args.at(-1)?.kind === "name",
    },
    {
      on: "call",
      in: ["ruby"],
      name: /^(?:Kernel\.)?(?:system|exec|spawn)$|^IO\.popen$|^Open3\.(?:capture2e?|capture3|popen3|popen2e?)$/,
      test: ({ args }) => args.filter(({ key }) => key === null).length === 1 && isMixed(args[0]),
    },
    {
      on: "text",
      in: ["ruby"],
      value: /./,
      test: ({ value, source }) => /^(?:`|%x)/.test(source) && isMixed(value ?? undefined),
    },
    {
      on: "call",
      in: ["php"],
      name: /^(?:exec|shell_exec|system|passthru|popen|proc_open)$/,
      test: (fact) => isMixed(fact.args[0]) && hasRequest(fact),
      strength: "proven",
    },
    {
      on: "call",
      in: ["php"],
      name: /^(?:exec|shell_exec|system|passthru|popen|proc_open)$/,
      unless: /escapeshell/,
      test: ({ args }) => isMixed(args[0]),
    },
    {
      on: "call",
      in: ["csharp"],
      name: /(?:^|\.)(?:Process\.Start|ProcessStartInfo)$/,
      args: /^"(?:cmd|cmd\.exe|bash|\/bin\/(?:ba)?sh|powershell|pwsh)"/,
      test: (fact) => lastMixed(fact),
    },
    {
      on: "call",
      in: ["rust"],
      name: /Command\.new\(\).{0,60}\.arg$/,
      test: ({ args, source }) =>
        /Command::new\("(?:\/bin\/)?(?:ba)?sh"\)/.test(source) && args.some((arg) => isMixed(arg)),
    },
  ],
};
