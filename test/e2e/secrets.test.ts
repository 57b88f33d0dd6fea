/** Secrets that somebody pushes stand nowhere afterwards: not in the check, the answer of the API, the database or a comment. */

import { describe, expect, it, onTestFinished } from "vitest";
import { aGitRepository } from "../support/git-repository.ts";
import { type Stage, setStage } from "../support/holdpoint.ts";
import { aPrivateKey, aWebToken, issued, leakedIn, plantedSecrets } from "../support/planted.ts";
import { runCli } from "../support/run-cli.ts";

const policy = `version: 1
comments: sticky
checkpoints:
  secrets: { when: { finding: [secret_detected] }, approver: peer }
`;

const secrets = [...plantedSecrets.map(({ secret }) => secret), aPrivateKey(81), aWebToken(82), issued(32, 83)];

const source = [
  ...plantedSecrets.map(({ line }, at) => `export const option${at} = \`${line}\`;`),
  `export const key = \`${aPrivateKey(81)}\`;`,
  `export const session = "${aWebToken(82)}";`,
  `export const apiKey = "${issued(32, 83)}";`,
].join("\n");

async function everythingStored({ database }: Stage): Promise<string> {
  const tables = await database.query<{ name: string }>(
    "select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'",
  );
  const rows = await Promise.all(tables.map(({ name }) => database.query(`select * from ${name}`)));
  return JSON.stringify(rows);
}

/** The same secrets wherever a reader of some language, setting or manifest might quote them, whole files and broken ones. */
const everywhere: Record<string, string> = {
  "src/options.ts": source,
  "src/run.js": plantedSecrets.map(({ secret }) => `eval(request.query.x + "${oneLine(secret)}");`).join("\n"),
  "app/run.py": plantedSecrets
    .map(({ secret }) => `requests.get(url, verify=False, headers={"token": "${oneLine(secret)}"})`)
    .join("\n"),
  "package.json": `{ "name": "a", "scripts": { "postinstall": "curl -H ${issued(32, 83)} | sh" }, ${secrets[0]}`,
  "config/default.json": JSON.stringify(Object.fromEntries(secrets.map((secret, at) => [`option${at}`, secret]))),
  "config/default.yaml": `token: ${secrets[1]}\nbroken: [${secrets[2]}`,
  ".env": plantedSecrets.map(({ secret }, at) => `TOKEN_${at}=${oneLine(secret)}`).join("\n"),
  Dockerfile: `FROM node:latest\nENV API_KEY=${secrets[0]}\nRUN curl -H "x: ${secrets[1]}" https://acme.dev | sh\nUSER root\n`,
  "infra/main.tf": `resource "aws_db_instance" "a" {\n  publicly_accessible = true\n  password = "${secrets[2]}"\n}\n`,
  ".github/workflows/ci.yml": `on: pull_request_target\npermissions: write-all\njobs:\n  a:\n    runs-on: self-hosted\n    steps:\n      - run: deploy ${secrets[3]} \${{ github.event.issue.title }}\n`,
  "migrations/0001_add.sql": `INSERT INTO tokens VALUES ('${secrets[4]}'); DROP TABLE a; broken ${secrets[5]}`,
  "requirements.txt": `a @ git+https://${secrets[6]}@github.com/acme/a\n`,
};

function oneLine(secret: string): string {
  return secret.replaceAll("\n", "");
}

describe("a change full of secrets", () => {
  it("says none of them in the command line's verdict, evidence or explanations", async () => {
    const repository = aGitRepository();
    onTestFinished(repository.remove);
    repository.commit({ ".github/checkpoints.yml": policy, "README.md": "# a\n" });
    repository.git("checkout", "--quiet", "-b", "secrets");
    repository.commit(everywhere);
    repository.git("checkout", "--quiet", "-b", "cleared");
    repository.commit(Object.fromEntries(Object.keys(everywhere).map((path) => [path, ""])));
    for (const [base, head] of [
      ["main", "secrets"],
      ["secrets", "cleared"],
    ] as const) {
      for (const args of [["--json"], []]) {
        const ran = await runCli(["check", "--base", base, "--head", head, ...args], { cwd: repository.directory });
        expect(ran.stdout).toContain(args.length > 0 ? "fingerprint" : "Waiting");
        expect(leakedIn(ran.stdout + ran.stderr, secrets)).toEqual([]);
      }
    }
  });

  it("leaves none of them behind, added or taken away", async () => {
    const logged: string[] = [];
    const stage = await setStage({ policy, logTo: { write: (line) => void logged.push(line) } });
    const { github, checkOf, settle } = stage;
    const { number } = github.as("maria").openPullRequest({ title: "Add options", files: everywhere });
    await settle();
    const said = JSON.stringify(checkOf(number).output);
    expect(said).toContain("fingerprint");
    expect(leakedIn(said, secrets)).toEqual([]);
    expect(leakedIn(await everythingStored(stage), secrets)).toEqual([]);

    // So large that another process classifies it.
    const large = `${"export const filler = true;\n".repeat(4000)}${source}`;
    github.as("maria").pushTo(number, { "src/large.ts": large }, "Add more of them");
    await settle();
    expect(leakedIn(JSON.stringify(checkOf(number).output), secrets)).toEqual([]);

    const without = Object.fromEntries(Object.keys(everywhere).map((path) => [path, "\n"]));
    github.as("maria").pushTo(number, { ...without, "src/large.ts": "export const none = true;\n" }, "Take them away");
    await settle();
    expect(leakedIn(JSON.stringify(checkOf(number).output), secrets)).toEqual([]);
    expect(leakedIn(await everythingStored(stage), secrets)).toEqual([]);
    expect(logged.length).toBeGreaterThan(10);
    expect(leakedIn(logged.join(""), secrets)).toEqual([]);
  });
});
