/** Rules about files and addresses that somebody else names. */

import { argsOf, type CodeRule } from "../code-rule.ts";
import { isRequestInput, requestInput } from "./request-input.ts";

export const pathGuardRemoved: CodeRule = {
  id: "path_guard_removed",
  when: "disappears",
  strength: "likely",
  near: /secure_filename|safe_?join|sanitize_?filename|SecureJoin|IsLocal|is_relative_to|starts_?with|HasPrefix/i,
  rule: {
    title: "a check that keeps paths inside a folder was removed",
    why: "A path with `../` in it then leads anywhere on the disk.",
    fix: "Keep the check, or say which one took its place.",
    example: { language: "py", diff: "-path = root / secure_filename(name)\n+path = root / name" },
  },
  says: (fact) => `\`${fact.name}\`, which keeps paths inside a folder, was removed`,
  patterns: [
    {
      on: "call",
      name: /(?:^|\.)(?:secure_filename|safe_join|safeJoin|sanitize_?[fF]ile_?[nN]ame|SecureJoin|secureJoin|filepath\.IsLocal|is_relative_to)$/,
    },
    {
      on: "call",
      name: /(?:resolved|real|full|absolute|canonical|target|dest\w{0,10}|file)_?\w{0,10}(?:path|dir|file)?\w{0,4}\.(?:startsWith|startswith|StartsWith|starts_with|start_with)$/i,
      args: /root|base|dir|folder|path\.sep|prefix/i,
    },
    {
      on: "call",
      in: ["go"],
      name: /^strings\.HasPrefix$/,
      args: /^(?:\w{0,20}[pP]ath|\w{0,20}[tT]arget|dest\w{0,10}|abs\w{0,10}), .{0,60}(?:root|base|dir|Separator)/i,
    },
  ],
};

const readers: Readonly<Record<string, RegExp>> = {
  javascript:
    /(?:^|\.)(?:sendFile|download|readFile|readFileSync|createReadStream|createWriteStream|writeFile|writeFileSync|unlink|unlinkSync|rm|rmSync)$/,
  python: /^(?:open|send_file|FileResponse|os\.(?:remove|unlink|listdir)|shutil\.(?:rmtree|copy|move))$/,
  go: /^(?:http\.ServeFile|os\.(?:Open|ReadFile|Create|Remove|RemoveAll|WriteFile))$/,
  java: /^(?:File|FileInputStream|FileOutputStream|FileReader)$|(?:^|\.)(?:Paths\.get|Path\.of)$/,
  csharp: /(?:^|\.)(?:File\.(?:ReadAllText|ReadAllBytes|Open\w{0,8}|Delete)|PhysicalFile)$/,
  ruby: /^(?:File\.(?:open|read|new|delete)|IO\.read|send_file)$/,
  php: /^(?:readfile|file_get_contents|fopen|unlink|include|require)$/,
};

export const fileNamedByRequest: CodeRule = {
  id: "file_named_by_request",
  when: "appears",
  strength: "likely",
  near: requestInput,
  rule: {
    title: "a request names the file that is read or written",
    why: "A name with `../` in it leads to any file that the server may read.",
    fix: "Look the name up in a list, or resolve the path and check that it stays inside its folder.",
    looksAt:
      "Calls that take a part of the request as (a part of) the path, in the same expression and without a function that cleans it.",
    example: { language: "ts", diff: "+res.sendFile(path.join(uploads, req.params.name));" },
  },
  says: (fact) => `a request names the file: \`${fact.name}\``,
  key: (fact) => `${fact.name} ${argsOf(fact)}`,
  patterns: Object.entries(readers).map(([family, name]) => ({
    on: "call",
    in: [family as "javascript"],
    name,
    unless: /basename|secure|sanitiz|sanitis|safe_?join|\broot:|req\.file\b/i,
    test: (fact) => isRequestInput(fact.args[family === "go" ? fact.args.length - 1 : 0]?.source ?? ""),
  })),
};

const redirects =
  /(?:^|\.)(?:redirect|redirect_to|HttpResponseRedirect|RedirectResponse|sendRedirect|Redirect|redirectTo)$/;
const fetchers =
  /^(?:fetch|axios|got|request|needle)$|(?:^|\.)(?:axios|got|requests|httpx|http|client|superagent|HTTParty|Net\.HTTP|restTemplate|webClient)\.(?:get|post|put|delete|request|head|Get|Post|getForObject|getForEntity|uri)$|^(?:curl_init|file_get_contents|urllib\.request\.urlopen|urlopen|open-uri)$/;

export const addressNamedByRequest: CodeRule = {
  id: "address_named_by_request",
  when: "appears",
  strength: "likely",
  near: requestInput,
  rule: {
    title: "a request names the address to go to",
    why: "A redirect to anywhere lends your name to others' pages; a call to anywhere reaches what only your servers should.",
    fix: "Take a path or a key and look the address up, or compare its host with a list.",
    looksAt:
      "Redirects and HTTP calls whose whole address, or its beginning, is a part of the request in the same expression.",
    example: { language: "ts", diff: "+res.redirect(req.query.next);" },
  },
  says: (fact) => `a request names the address: \`${fact.name}\``,
  key: (fact) => `${fact.name} ${argsOf(fact)}`,
  patterns: [redirects, fetchers].map((name) => ({
    on: "call",
    name,
    unless: /safe|valid|allow|sanitiz|encodeURIComponent|url_for|reverse\(|_path\b|local/i,
    test: ({ args }) => {
      // A fixed beginning fixes the host.
      const address = args.find(({ source }) => isRequestInput(source.slice(0, 80)));
      return (
        address !== undefined &&
        address === args[args.length > 1 && args[0]?.kind === "number" ? 1 : 0] &&
        /^(?:String\()?[\w$.[\]"'?!()]{1,100}$/.test(address.source) &&
        address.kind !== "text" &&
        /quer|GET|args|body|POST|form|params\[|param|header|cookie/i.test(address.source)
      );
    },
  })),
};

export const fileModeOpened: CodeRule = {
  id: "file_mode_opened",
  when: "appears",
  strength: "likely",
  near: /777|666|rwxrwxrwx/i,
  rule: {
    title: "everybody on the machine may write a file",
    why: "Any other program or user there can then change it, and so what this one does with it.",
    fix: "Give the narrowest mode that works: `0600` for secrets, `0644` or `0755` else.",
    looksAt:
      "Modes given to `chmod`. For new folders and files, where the system's mask still takes away, it is a hint.",
    example: { language: "py", diff: "+os.chmod(path, 0o777)" },
  },
  says: (fact) =>
    `everybody may write: \`${fact.name}\` with \`${fact.args.find(({ source }) => opened.test(source))?.source ?? ""}\``,
  patterns: [
    {
      on: "call",
      name: /(?:^|\.|_)(?:f?chmod(?:Sync|_R)?|Chmod|from_mode|set_mode|setPosixFilePermissions)$/i,
      test: ({ args }) => args.some(({ source }) => opened.test(source)),
      strength: "proven",
    },
    {
      on: "call",
      name: /(?:^|\.)(?:mkdir\w{0,10}|makedirs|Mkdir|MkdirAll|WriteFile|OpenFile|writeFile\w{0,6})$/,
      test: ({ args }) => args.some(({ source }) => opened.test(source)),
      strength: "hint",
    },
  ],
};

const opened = /^["']?(?:0o?)?0?(?:777|666)["']?$|rwxrwxrwx/;
