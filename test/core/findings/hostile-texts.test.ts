/** Texts that strangers built, or broke: whatever stands in them is found, or their file is named as not analysed. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Change, classifyStory } from "../../support/changes.ts";

/** What the change says, and whether it admits that it did not see all of the file. */
async function saidOf(path: string, change: Change, around: Record<string, string> = {}) {
  const { classes, notAnalysed } = await classifyStory({ files: { [path]: change }, around });
  const rules = Object.values(classes).flatMap(({ findings }) => findings.map(({ rule }) => rule));
  return { rules, isNamed: notAnalysed.some((file) => file.path === path) };
}

interface Written {
  path: string;
  base: string;
  /** The same with a hole in it, behind which stands what is to be found. */
  head: (hostile: string) => string;
  rule: string;
}

/** Without them one long line makes a file minified. */
const aFewLines = "export const a = 1;\nexport const b = 2;\nexport const c = 3;\n";

const written: Record<string, Written> = {
  JavaScript: {
    path: "src/run.js",
    base: aFewLines,
    head: (hostile) => `${aFewLines}${hostile}\nexport const run = (request) => eval(request.query.x);\n`,
    rule: "code_evaluated",
  },
  TypeScript: {
    path: "src/run.ts",
    base: aFewLines,
    head: (hostile) => `${aFewLines}${hostile}\nexport const run = (request) => eval(request.query.x);\n`,
    rule: "code_evaluated",
  },
  Python: {
    path: "app/run.py",
    base: "a = 1\n",
    head: (hostile) => `a = 1\n${hostile}\n\ndef run(request):\n    eval(request.args["x"])\n`,
    rule: "code_evaluated",
  },
  Go: {
    path: "run.go",
    base: "package run\n",
    head: (hostile) => `package run\n\n${hostile}\n\nvar config = &tls.Config{InsecureSkipVerify: true}\n`,
    rule: "tls_verification_off",
  },
  Rust: {
    path: "src/run.rs",
    base: "fn a() {}\n",
    head: (hostile) =>
      `fn a() {}\n${hostile}\nfn run() { reqwest::Client::builder().danger_accept_invalid_certs(true).build(); }\n`,
    rule: "tls_verification_off",
  },
  Java: {
    path: "src/main/java/Run.java",
    base: "class Run {}\n",
    head: (hostile) =>
      `class Run {\n${hostile}\n  void run(Statement s, String id) { s.executeQuery("SELECT * FROM users WHERE id = " + id); }\n}\n`,
    rule: "query_built_from_text",
  },
  "C#": {
    path: "src/Run.cs",
    base: "class Run {}\n",
    head: (hostile) =>
      `class Run {\n${hostile}\n  void Go(string id) { new SqlCommand("SELECT * FROM users WHERE id = " + id); }\n}\n`,
    rule: "query_built_from_text",
  },
  Ruby: {
    path: "app/run.rb",
    base: "a = 1\n",
    head: (hostile) => `a = 1\n${hostile}\ndef run\n  eval(params[:x])\nend\n`,
    rule: "code_evaluated",
  },
  PHP: {
    path: "src/run.php",
    base: "<?php\n$a = 1;\n",
    head: (hostile) => `<?php\n$a = 1;\n${hostile}\nfunction run() { eval($_GET["x"]); }\n`,
    rule: "code_evaluated",
  },
  Terraform: {
    path: "infra/main.tf",
    base: 'resource "aws_s3_bucket" "b" {\n  bucket = "b"\n}\n',
    head: (hostile) =>
      `resource "aws_s3_bucket" "b" {\n  bucket = "b"\n}\n${hostile}\nresource "aws_s3_bucket" "c" {\n  acl = "public-read"\n}\n`,
    rule: "storage_public",
  },
  Dockerfile: {
    path: "Dockerfile",
    base: "FROM node:20\n",
    head: (hostile) => `FROM node:20\n${hostile}\nRUN curl https://acme.dev/install | sh\n`,
    rule: "remote_code_run",
  },
  Compose: {
    path: "docker-compose.yml",
    base: "services:\n  a:\n    image: a:1\n",
    head: (hostile) => `services:\n  a:\n    image: a:1\n${hostile}\n    privileged: true\n`,
    rule: "container_privileged",
  },
};

describe.each(Object.entries(written))("%s", (_language, { path, base, head, rule }) => {
  it("shows what is to be found, behind nothing and behind odd marks", async () => {
    for (const hostile of ["", "\r\n\r\n", " ".repeat(3000)]) {
      expect(await saidOf(path, [base, head(hostile)])).toMatchObject({ rules: expect.arrayContaining([rule]) });
    }
    const windows = (text: string) => `\uFEFF${text.replaceAll("\n", "\r\n")}`;
    expect((await saidOf(path, [windows(base), windows(head(""))])).rules).toContain(rule);
  });

  it.each(["(", "{", "a.b().", "!", "? ", "`${", '"#{', "() => ", "/*", "\0", "\ud83d\ude00", "&& \\\n", "@"])(
    "shows it behind a thousand of %j, or names the file",
    async (piece) => {
      const { rules, isNamed } = await saidOf(path, [base, head(piece.repeat(1000))]);
      expect(rules.includes(rule) || isNamed).toBe(true);
    },
  );

  it("is read or named whatever it is made of", async () => {
    const pieces = fc.constantFrom(
      ..."()[]{}<>\"'`\\/*#$@!:;,.=+-|&? \n\t\0".split(""),
      "a",
      "9",
      "${",
      "=>",
      "\uFFFD",
    );
    const soup = fc.array(fc.tuple(pieces, fc.integer({ min: 1, max: 200 })), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(soup, fc.boolean(), async (parts, isBase) => {
        const text = parts.map(([piece, times]) => piece.repeat(times)).join("");
        await saidOf(path, isBase ? [text, base] : [base, text]);
      }),
      { numRuns: 5 },
    );
  });
});
