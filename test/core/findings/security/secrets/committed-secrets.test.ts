import { describe, expect, it } from "vitest";
import { classifyStory, rulesOf, type Story } from "../../../../support/changes.ts";
import { aPrivateKey, aWebToken, issued, leakedIn, plantedSecrets } from "../../../../support/planted.ts";

const added = "secret_added";

describe("every published form of a secret", () => {
  it.each(plantedSecrets)("a $form in code is found and shown nowhere", async ({ line, secret }) => {
    const classification = await classifyStory({ files: { "src/config.ts": [null, `first\n${line}\nlast\n`] } });
    expect(classification.classes.security.findings).toContainEqual(
      expect.objectContaining({ rule: added, strength: "proven", line: 2 }),
    );
    expect(leakedIn(JSON.stringify(classification), [secret])).toEqual([]);
  });

  it.each(plantedSecrets)("a $form in a test is only likely", async ({ line }) => {
    const rules = await rulesOf("security", { files: { "test/config.test.ts": [null, `${line}\n`] } });
    expect(rules).toContain(`${added} likely`);
    expect(rules).not.toContain(`${added} proven`);
  });
});

const token = `ghp_${issued(36, 90)}`;

it("gives the same secret in two places one fingerprint", async () => {
  const { classes } = await classifyStory({
    files: { "src/a.ts": [null, `"${token}"\n`], "src/b.ts": [null, `x = '${token}'\n`] },
  });
  const [a, b] = classes.security.findings;
  expect(a?.after).toMatch(/^\[GitHub token, fingerprint [0-9a-f]{8}\]$/);
  expect(b?.after).toBe(a?.after);
});

it.each([
  { name: "a key whose last line is cut off", text: aPrivateKey(3).slice(0, 400) },
  {
    name: "an encrypted key",
    text: aPrivateKey(4).replace("KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\n"),
  },
  {
    name: "a key on one line of 20,000 characters",
    text: `${"x ".repeat(8000)}${aPrivateKey(5).replaceAll("\n", "\\n")}`,
  },
])("finds $name", async ({ text }) => {
  expect(await rulesOf("security", { files: { "src/key.ts": [null, `${text}\n`] } })).toEqual([`${added} proven`]);
});

const random = issued(32, 91);
const assigned = "secret_assigned likely";

it.each([
  {
    name: "a generated value for a password",
    path: "src/a.ts",
    text: `const dbPassword = "${random}";`,
    rules: [assigned],
  },
  { name: "a key in an object", path: "src/a.js", text: `{ "api_key": '${random}' }`, rules: [assigned] },
  { name: "a field in Python", path: "app/a.py", text: `client_secret="${random}",`, rules: [assigned] },
  { name: "a value without quotes in YAML", path: "deploy/a.yml", text: `  secretKey: ${random}`, rules: [assigned] },
  {
    name: "hexadecimal digits",
    path: "src/a.go",
    text: `SigningKey := "${issued(64, 92, "0123456789abcdef")}"`,
    rules: [assigned],
  },
  {
    name: "a value that a person chose",
    path: "src/a.ts",
    text: 'password: "Winter-42-Garden"',
    rules: ["password_assigned hint"],
  },
  { name: "a value without quotes in code", path: "src/a.ts", text: `const token = ${random};`, rules: [] },
  { name: "an environment variable", path: "src/a.ts", text: 'const token = process.env.API_TOKEN ?? "";', rules: [] },
  { name: "a template", path: "a.yml", text: `password: $${"{DB_PASSWORD}"}`, rules: [] },
  { name: "a workflow's secret", path: "a.yml", text: `token: $${"{{ secrets.DEPLOY_TOKEN }}"}`, rules: [] },
  { name: "a placeholder", path: "a.yml", text: "api_key: <your-api-key>", rules: [] },
  { name: "crossed-out characters", path: "src/a.ts", text: 'apiKey: "xxxxxxxxxxxxxxxxxxxxxxxx1A"', rules: [] },
  { name: "changeme", path: "src/a.ts", text: 'password = "changeme-Now-1"', rules: [] },
  { name: "a name of something", path: "src/a.ts", text: 'const token = "refreshTokenForUser2";', rules: [] },
  { name: "a public key", path: "src/a.ts", text: `publicKey: "${random}"`, rules: [] },
  { name: "an address", path: "src/a.ts", text: 'token: "https://acme.dev/oauth/Token1"', rules: [] },
  { name: "a name that goes on", path: "src/a.ts", text: `tokenEndpoint: "${random}"`, rules: [] },
  { name: "a test", path: "test/a.ts", text: `password = "${random}"`, rules: [] },
  { name: "documentation", path: "docs/a.md", text: `password = "${random}"`, rules: [] },
  { name: "an example", path: "examples/a.ts", text: `password = "${random}"`, rules: [] },
  { name: "a template file", path: "config.example.yml", text: `password: ${random}`, rules: [] },
])("$name in $path → $rules", async ({ path, text, rules }) => {
  const classification = await classifyStory({ files: { [path]: ["first\n", `first\n${text}\n`] } });
  const found = classification.classes.security.findings.filter(({ rule }) => !/workflow|dependency/.test(rule));
  expect(found.map(({ rule, strength }) => `${rule} ${strength}`)).toEqual(rules);
  expect(JSON.stringify(classification)).not.toContain(random);
});

it.each([
  { name: "a web token in code", files: { "src/a.ts": [null, `"${aWebToken()}"`] }, rules: [`${added} likely`] },
  {
    name: "a web token in a test",
    files: { "test/a.ts": [null, `"${aWebToken()}"`] },
    rules: ["secret_like_added hint"],
  },
  {
    name: "a token of one letter in code",
    files: { "src/a.ts": [null, `sk_live_${"A".repeat(24)}`] },
    rules: [`${added} likely`],
  },
  {
    name: "an example in prose",
    files: { "docs/a.md": [null, `ghp_${"x".repeat(36)}`] },
    rules: ["secret_like_added hint"],
  },
  {
    name: "a database on this machine",
    files: { "src/a.ts": [null, "postgres://app:Zx9kQ3xV@localhost:5432/a"] },
    rules: [`${added} likely`],
  },
  {
    name: "a password of samples",
    files: { "src/a.ts": [null, "https://user:token123@acme.dev/a"] },
    rules: ["secret_like_added hint"],
  },
  {
    name: "an account's id",
    files: { "src/a.ts": [null, "aws_account_id = 483920175566"] },
    rules: ["secret_like_added hint"],
  },
  {
    name: "a key store",
    files: { "release.jks": [null, ""] },
    listed: { "release.jks": { isBinary: true } },
    rules: ["key_file_added likely"],
  },
  { name: "a key store in a test", files: { "test/a.p12": [null, ""] }, rules: ["key_file_added hint"] },
  { name: "an environment file", files: { ".env": [null, "A=1\n"] }, rules: ["key_file_added hint"] },
  { name: "a template of one", files: { ".env.example": [null, "A=1\n"] }, rules: [] },
  { name: "a public certificate", files: { "ca.pem": [null, "-----BEGIN CERTIFICATE-----\n"] }, rules: [] },
  {
    name: "the words of a key's first line",
    files: {
      "src/a.ts": [null, `if (text.startsWith("-----BEGIN RSA PRIVATE${" KEY-----"}")) {\n  parse(text);\n}\n`],
    },
    rules: [],
  },
] as (Story & { name: string; rules: string[] })[])("$name → $rules", async ({ rules, ...story }) => {
  expect(await rulesOf("security", story)).toEqual(rules);
});
