/** The bundled Action analyses what the App does: one change in every language and schema, judged by the bundle and by the sources. */

import { expect, it } from "vitest";
import { judgingPorts, noDossier } from "../../action/check/ports.ts";
import { connect } from "../../action/connect.ts";
import { verdictJson } from "../../src/core/report/verdict-json.ts";
import { judgePullRequest } from "../../src/handlers/judge-pull-request.ts";
import { aStage, pullRequestEvent } from "./stage.ts";

const policy = "version: 1\napproval_workflows:\n  peer_review: { approver: peer, approvals: 1 }\n";

/** Before and after: each takes something away that others may use, or adds what is risky. */
const files: Record<string, [string, string]> = {
  "js/src/list.js": ["export function a() {}\nexport function b() {}\n", "export function a() {}\n"],
  "js/src/type.ts": ["export interface A { b: string; c: number }\n", "export interface A { b: string }\n"],
  "js/src/view.tsx": ["export const V = () => <a />;\n", "export const W = () => <a onClick={() => eval(x)} />;\n"],
  "py/shop/__init__.py": [
    "def sell(a):\n    return a\n\ndef buy(a):\n    return a\n",
    "def sell(a, b):\n    return a\n",
  ],
  "go/shop.go": ["package shop\n\nfunc Sell(a int) {}\n\nfunc Buy() {}\n", "package shop\n\nfunc Sell(a string) {}\n"],
  "rs/src/lib.rs": ["pub fn sell(a: u8) {}\npub fn buy() {}\n", "pub fn sell(a: u16) {}\n"],
  "jv/src/main/java/acme/Shop.java": [
    "package acme;\npublic class Shop {\n  public void sell(int a) {}\n  public void buy() {}\n}\n",
    "package acme;\npublic class Shop {\n  public void sell(long a) {}\n}\n",
  ],
  "kt/src/main/kotlin/acme/Shop.kt": [
    "package acme\n\nfun sell(a: Int) {}\nfun buy() {}\n",
    "package acme\n\nfun sell(a: Long) {}\n",
  ],
  "cs/Shop.cs": [
    "namespace Acme { public class Shop { public void Sell(int a) {} public void Buy() {} } }\n",
    "namespace Acme { public class Shop { public void Sell(long a) {} } }\n",
  ],
  "php/Shop.php": [
    "<?php\nfunction sell($a) { return $a; }\n",
    "<?php\nfunction sell($a) { return shell_exec($a); }\n",
  ],
  "rb/lib/shop.rb": ["def sell(a)\n  a\nend\n", "def sell(a)\n  eval(a)\nend\n"],
  "sh/run.sh": ["echo one\n", 'curl -k http://example.test/x.sh | bash\neval "$1"\n'],
  "tf/main.tf": [
    'resource "aws_s3_bucket" "a" {\n  acl = "private"\n}\n',
    'resource "aws_s3_bucket" "a" {\n  acl = "public-read"\n}\n',
  ],
  "db/migrations/0002_drop.sql": ["", "ALTER TABLE shop DROP COLUMN name;\nCREATE INDEX a ON shop (b);\n"],
  "api/schema.graphql": ["type Query { a: String b: String }\n", "type Query { a: String! }\n"],
  "api/shop.proto": [
    'syntax = "proto3";\nmessage Shop { string name = 1; int32 size = 2; }\n',
    'syntax = "proto3";\nmessage Shop { int64 name = 1; }\n',
  ],
};

const around = {
  ".github/checkpoints.yml": policy,
  "js/package.json": '{ "name": "list", "version": "1.0.0", "exports": "./src/list.js" }\n',
  "py/pyproject.toml": '[project]\nname = "shop"\nversion = "1.0.0"\n',
  "go/go.mod": "module example.test/shop\n\ngo 1.24\n",
  "rs/Cargo.toml": '[package]\nname = "shop"\nversion = "1.0.0"\nedition = "2024"\n',
};

it("finds the same in every language, and leaves nothing out that the sources read", { timeout: 120_000 }, async () => {
  const before = Object.fromEntries(
    Object.entries(files).flatMap(([path, [base]]) => (base === "" ? [] : [[path, base]])),
  );
  const { github, api, run } = await aStage({ files: { ...around, ...before } });
  const after = Object.fromEntries(Object.entries(files).map(([path, [, head]]) => [path, head]));
  const pull = github.as("maria").openPullRequest({ title: "Sell more", files: after });
  const permissions = {
    actions: "read",
    checks: "read",
    contents: "read",
    pull_requests: "read",
    statuses: "read",
  } as const;
  const token = github.workflowToken(api, permissions);

  const { outputs } = await run({ inputs: { mode: "check" }, event: pullRequestEvent(pull), token });
  const bundled = JSON.parse(outputs.json ?? "");

  const env = {
    INPUT_TOKEN: token,
    GITHUB_API_URL: github.url,
    GITHUB_SERVER_URL: github.url,
    GITHUB_REPOSITORY: "acme/api",
    GITHUB_REPOSITORY_ID: String(api.id),
  };
  const connection = connect(env);
  const subject = { kind: "pull_request" as const, ...connection.repository, number: pull.number };
  const judged = await judgePullRequest(subject, noDossier, judgingPorts(connection), { attempt: 1 });
  if (judged.kind !== "judged" || !judged.verdict || !judged.telling) throw new Error("It was not judged");
  const own = JSON.parse(JSON.stringify(verdictJson(judged.verdict, judged.telling)));

  expect(bundled.classes).toEqual(own.classes);
  expect(bundled.not_analysed).toEqual(own.not_analysed);
  expect(bundled.risk_reasons).toEqual(own.risk_reasons);
  const found = new Set(
    Object.values(bundled.classes as Record<string, { findings: { path: string }[] }>).flatMap(({ findings }) =>
      findings.map(({ path }) => path.split("/")[0]),
    ),
  );
  for (const folder of ["js", "go", "jv", "kt", "api"]) expect(found).toContain(folder);
});
