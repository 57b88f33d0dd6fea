import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { dockerfileSettings } from "../../../../../src/core/findings/security/infrastructure/dockerfile-settings.ts";
import { infrastructureRules } from "../../../../../src/core/findings/security/infrastructure/infrastructure-rules.ts";
import { terraformSettings } from "../../../../../src/core/findings/security/infrastructure/terraform-settings.ts";
import { webServerSettings } from "../../../../../src/core/findings/security/infrastructure/web-server-settings.ts";
import { yamlSettings } from "../../../../../src/core/findings/security/infrastructure/yaml-settings.ts";
import { loadGrammars } from "../../../../../src/core/findings/syntax/read-tree.ts";
import { type Change, classifyStory, findingsOf } from "../../../../support/changes.ts";

beforeAll(() => loadGrammars(["hcl"]));

async function settingsOf(files: Record<string, Change>) {
  return (await findingsOf("security", { files })).filter(({ rule }) => Object.hasOwn(infrastructureRules, rule));
}

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const pod = (lines: string) => `kind: Pod\nspec:\n  containers:\n    - name: a\n      securityContext:\n${lines}`;
const role = (resources: string, verbs: string) =>
  `kind: ClusterRole\nrules:\n  - apiGroups: [""]\n    resources: [${resources}]\n    verbs: [${verbs}]\n`;
const group = (port: number, from: string) =>
  `resource "aws_security_group" "a" {\n  ingress {\n    from_port   = ${port}\n    to_port     = ${port}\n    cidr_blocks = ["${from}"]\n  }\n}\n`;
const policy = (action: string, resource: string, effect = "Allow") =>
  `resource "aws_iam_policy" "a" {\n  policy = jsonencode({\n    Statement = [{ Effect = "${effect}", Action = "${action}", Resource = "${resource}" }]\n  })\n}\n`;
const block = 'resource "aws_s3_bucket_public_access_block" "a" {\n  bucket = "b"\n}\n';

interface Row {
  name: string;
  path: string;
  before?: string | null;
  after: string;
  says?: string[];
}

const rows: Row[] = [
  {
    name: "a limit that moved within its container",
    path: "deploy/a.yaml",
    before: "a:\n  securityContext:\n    runAsNonRoot: true\n",
    after: "a:\n  podSecurityContext:\n    runAsNonRoot: true\n",
  },
  {
    name: "a limit that is gone with its container",
    path: "deploy/a.yaml",
    before: "a:\n  securityContext:\n    runAsNonRoot: true\nb: {}\n",
    after: "b: {}\n",
  },
  {
    name: "an image's user is gone",
    path: "Dockerfile",
    before: "FROM a:1\nUSER app\nRUN b\n",
    after: "FROM a:1\nRUN b\n",
    says: ["container_runs_as_root proven"],
  },
  {
    name: "an image's user became root",
    path: "Dockerfile",
    before: "FROM a:1\nUSER app\n",
    after: "FROM a:1\nUSER root\n",
    says: ["container_runs_as_root proven"],
  },
  {
    name: "root is only for a step",
    path: "Dockerfile",
    before: "FROM a:1\nUSER app\n",
    after: "FROM a:1\nUSER root\nRUN b\nUSER app\n",
  },
  {
    name: "an image's user has another name",
    path: "Dockerfile",
    before: "FROM a:1\nUSER app\n",
    after: "FROM a:1\nUSER web\n",
  },
  { name: "a new image without a user", path: "Dockerfile", before: null, after: "FROM a:1\nRUN b\n" },
  {
    name: "a digest is gone",
    path: "Dockerfile",
    before: `FROM node:24@${digest}\n`,
    after: "FROM node:24\n",
    says: ["image_unpinned likely"],
  },
  {
    name: "a digest is another one",
    path: "Dockerfile",
    before: `FROM node:24@${digest}\n`,
    after: `FROM node:25@${digest.replace("0", "1")}\n`,
  },
  {
    name: "an image is gone with its digest",
    path: "Dockerfile",
    before: `FROM node:24@${digest}\n`,
    after: "FROM deno:2.1\n",
  },
  {
    name: "a version became the latest",
    path: "Dockerfile",
    before: "FROM node:24\n",
    after: "FROM node:latest\n",
    says: ["image_unpinned hint"],
  },
  {
    name: "a stage built on another",
    path: "Dockerfile",
    before: "FROM a:1 AS base\n",
    after: "FROM a:1 AS base\nFROM base\n",
  },
  {
    name: "a script from a server",
    path: "Dockerfile",
    before: "FROM a:1\n",
    after: "FROM a:1\nRUN curl -fsSL https://get.example.com \\\n  | bash\n",
    says: ["remote_code_run likely"],
  },
  {
    name: "a download that is not run",
    path: "Dockerfile",
    before: "FROM a:1\n",
    after: "FROM a:1\nRUN curl -fsSLo b https://get.example.com\n",
  },
  {
    name: "a download that trusts everybody",
    path: "Dockerfile",
    before: "FROM a:1\n",
    after: "FROM a:1\nRUN curl -k https://get.example.com -o b\n",
    says: ["remote_code_run likely"],
  },
  {
    name: "an added address",
    path: "Dockerfile",
    before: "FROM a:1\n",
    after: "FROM a:1\nADD https://example.com/a.tar /a\n",
    says: ["remote_code_run likely"],
  },
  {
    name: "an added address with its checksum",
    path: "Dockerfile",
    before: "FROM a:1\n",
    after: `FROM a:1\nADD --checksum=${digest} https://example.com/a.tar /a\n`,
  },
  {
    name: "a secret in the image",
    path: "Dockerfile",
    before: "FROM a:1\n",
    after: "FROM a:1\nENV DB_PASSWORD=hunter22\n",
    says: ["secret_in_image likely"],
  },
  {
    name: "a secret from outside",
    path: "Dockerfile",
    before: "FROM a:1\n",
    after: "FROM a:1\nARG DB_PASSWORD\nENV DB_PASSWORD=$DB_PASSWORD\n",
  },
  {
    name: "what was there before",
    path: "Dockerfile",
    before: "FROM a:1\nUSER root\nRUN curl x | sh\n",
    after: "FROM a:2\nUSER root\nRUN curl x | sh\n",
  },

  {
    name: "a privileged container",
    path: "deploy/a.yaml",
    before: pod("        a: b\n"),
    after: pod("        privileged: true\n"),
    says: ["container_privileged proven"],
  },
  {
    name: "a container that is not",
    path: "deploy/a.yaml",
    before: pod("        a: b\n"),
    after: pod("        privileged: false\n"),
  },
  {
    name: "a container that was privileged before",
    path: "deploy/a.yaml",
    before: pod("        privileged: true\n"),
    after: pod("        privileged: true\n        runAsNonRoot: true\n"),
  },
  {
    name: "a container as root",
    path: "deploy/a.yaml",
    before: pod("        runAsUser: 1000\n"),
    after: pod("        runAsUser: 0\n"),
    says: ["container_runs_as_root likely"],
  },
  {
    name: "a limit that is gone",
    path: "deploy/a.yaml",
    before: pod("        runAsNonRoot: true\n        a: b\n"),
    after: pod("        a: b\n"),
    says: ["container_runs_as_root likely"],
  },
  {
    name: "a privileged container in a chart",
    path: "charts/a/templates/b.yaml",
    before: pod("        {{- if .Values.a }}\n        a: b\n        {{- end }}\n"),
    after: pod("        {{- if .Values.a }}\n        privileged: true\n        {{- end }}\n"),
    says: ["container_privileged likely"],
  },
  {
    name: "the machine's network",
    path: "deploy/a.yaml",
    before: "spec:\n  a: b\n",
    after: "spec:\n  hostNetwork: true\n",
    says: ["host_shared proven"],
  },
  {
    name: "Docker's socket",
    path: "compose.yaml",
    before: "services:\n  a:\n    image: b:1\n",
    after: "services:\n  a:\n    image: b:1\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n",
    says: ["host_shared proven"],
  },
  {
    name: "a named volume",
    path: "compose.yaml",
    before: "services:\n  a:\n    image: b:1\n",
    after: "services:\n  a:\n    image: b:1\n    volumes:\n      - data:/data\n",
  },
  {
    name: "a role for everything",
    path: "deploy/a.yaml",
    before: role('"pods"', '"get"'),
    after: role('"*"', '"*"'),
    says: ["role_wildcard proven"],
  },
  {
    name: "a role to read everything",
    path: "deploy/a.yaml",
    before: role('"pods"', '"get"'),
    after: role('"*"', '"get"'),
  },
  {
    name: "a public bucket in CloudFormation",
    path: "stack.yml",
    before: "Resources:\n  A:\n    Properties: {}\n",
    after: "Resources:\n  A:\n    Properties:\n      AccessControl: PublicRead\n",
    says: ["storage_public proven"],
  },
  { name: "words in a workflow", path: ".github/workflows/a.yml", before: "a: b\n", after: "privileged: true\n" },
  { name: "a test's container", path: "test/a.yaml", before: "a: b\n", after: "privileged: true\n" },

  {
    name: "a public bucket",
    path: "a.tf",
    before: 'resource "aws_s3_bucket_acl" "a" {\n  acl = "private"\n}\n',
    after: 'resource "aws_s3_bucket_acl" "a" {\n  acl = "public-read"\n}\n',
    says: ["storage_public proven"],
  },
  {
    name: "a bucket's lock is gone",
    path: "a.tf",
    before: `${block}locals {}\n`,
    after: "locals {}\n",
    says: ["storage_public likely"],
  },
  { name: "a bucket's lock changed", path: "a.tf", before: block, after: block.replace('"b"', '"public"') },
  {
    name: "SSH for everybody",
    path: "a.tf",
    before: group(22, "10.0.0.0/8"),
    after: group(22, "0.0.0.0/0"),
    says: ["network_open proven"],
  },
  {
    name: "an own port for everybody",
    path: "a.tf",
    before: group(8443, "10.0.0.0/8"),
    after: group(8443, "0.0.0.0/0"),
    says: ["network_open likely"],
  },
  { name: "a web site for everybody", path: "a.tf", before: group(443, "10.0.0.0/8"), after: group(443, "0.0.0.0/0") },
  {
    name: "everything going out",
    path: "a.tf",
    before: group(0, "10.0.0.0/8").replace("ingress", "egress"),
    after: group(0, "0.0.0.0/0").replace("ingress", "egress"),
  },
  {
    name: "a policy for everything",
    path: "a.tf",
    before: policy("s3:GetObject", "*"),
    after: policy("*", "*"),
    says: ["role_wildcard proven"],
  },
  {
    name: "a policy for one service",
    path: "a.tf",
    before: policy("s3:GetObject", "*"),
    after: policy("s3:*", "*"),
    says: ["role_wildcard likely"],
  },
  {
    name: "a policy for one bucket",
    path: "a.tf",
    before: policy("s3:GetObject", "arn:a"),
    after: policy("s3:*", "arn:a"),
  },
  {
    name: "a policy that forbids everything",
    path: "a.tf",
    before: policy("s3:GetObject", "*", "Deny"),
    after: policy("*", "*", "Deny"),
  },
  {
    name: "a database for everybody",
    path: "a.tf",
    before: 'resource "aws_db_instance" "a" {\n  publicly_accessible = false\n}\n',
    after: 'resource "aws_db_instance" "a" {\n  publicly_accessible = true\n}\n',
    says: ["database_public proven"],
  },
  {
    name: "a database in the clear",
    path: "a.tf",
    before: 'resource "aws_db_instance" "a" {\n  storage_encrypted = true\n}\n',
    after: 'resource "aws_db_instance" "a" {\n  storage_encrypted = false\n}\n',
    says: ["encryption_off proven"],
  },
  {
    name: "a database by a variable",
    path: "a.tf",
    before: 'resource "aws_db_instance" "a" {\n  storage_encrypted = true\n}\n',
    after: 'resource "aws_db_instance" "a" {\n  storage_encrypted = var.encrypted\n}\n',
  },

  {
    name: "an old version in nginx",
    path: "nginx.conf",
    before: "ssl_protocols TLSv1.2;\n",
    after: "ssl_protocols TLSv1 TLSv1.2;\n",
    says: ["connection_unprotected likely"],
  },
  {
    name: "new versions in nginx",
    path: "nginx.conf",
    before: "ssl_protocols TLSv1.2;\n",
    after: "ssl_protocols TLSv1.2 TLSv1.3;\n",
  },
  {
    name: "a header that is gone",
    path: "nginx.conf",
    before: 'add_header Strict-Transport-Security "max-age=1";\na;\n',
    after: "a;\n",
    says: ["connection_unprotected likely"],
  },
];

it.each(rows.map((row) => ({ ...row, says: row.says ?? [] })))(
  "$name → $says",
  async ({ path, before, after, says }) => {
    const found = await settingsOf({ [path]: [before ?? null, after] });
    expect(found.map(({ rule, strength }) => `${rule} ${strength}`).sort()).toEqual(says);
  },
);

it("shows the line, and never the secret", async () => {
  const found = await settingsOf({ Dockerfile: ["FROM a:1\n", "FROM a:1\nENV API_TOKEN=hunter22hunter22\n"] });
  expect(found).toMatchObject([{ path: "Dockerfile", line: 2, side: "head", before: null }]);
  expect(JSON.stringify(found)).not.toContain("hunter22");
});

it("shows what is gone on the line where it stood", async () => {
  const found = await settingsOf({ Dockerfile: ["FROM a:1\nUSER app\n", "FROM a:1\n"] });
  expect(found).toMatchObject([{ line: 2, side: "base", before: "USER app", after: null }]);
});

it("names a file whose settings it cannot read", async () => {
  const { notAnalysed } = await classifyStory({
    files: { "deploy/a.yaml": ["a: b\n", "privileged: true\n"] },
    isPatchOnly: true,
  });
  expect(notAnalysed.map(({ path }) => path)).toContain("deploy/a.yaml");
});

const parts = [
  "FROM ",
  "USER ",
  "root",
  "RUN curl x | sh",
  "\\\n",
  "\n",
  " ",
  "  ",
  "- ",
  ": ",
  "{{",
  "}}",
  "{",
  "}",
  "[",
  "]",
  '"',
  "'",
  "=",
  "privileged: true",
  "&a",
  "*a",
  "<<: *a",
  "resource",
  "ingress",
  "<<EOF",
  "EOF",
  "ssl_protocols",
  "TLSv1;",
  "\u0000",
  "\uFEFF",
  "\r",
  "\t",
  "é",
  "---",
  "# ",
];

it("reads any nonsense, and any beginning of it", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 80 }), (pieces) => {
      const text = pieces.join("");
      for (const read of [dockerfileSettings, yamlSettings, terraformSettings, webServerSettings]) {
        const settings = read(text);
        for (const { line } of [...(settings?.weak ?? []), ...(settings?.guards ?? [])])
          expect(line).toBeGreaterThan(0);
      }
    }),
    { numRuns: 150 },
  );
});

it.each(["[", "{a: ", "- ", "a:\n ", "{{ ", "&a [*a, "])("reads a file that nests %j without end", (piece) => {
  for (const read of [dockerfileSettings, yamlSettings, terraformSettings, webServerSettings]) {
    expect(() => read(piece.repeat(1000))).not.toThrow();
  }
});
