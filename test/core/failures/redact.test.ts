import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact, redactTexts } from "../../../src/core/failures/redact.ts";

const cleared = async (text: string, known: string[] = []) => (await redact(text, { known })).text;

/** Put together here, so that no file holds anything in the form of a secret. */
const made = (...parts: string[]) => parts.join("");
const letters = "Zk3vQ9xWmT7bLpR2sYfN8dHcJ5gKuA4eVtX6iPoB1aMq";
const keyBody = `${letters}${letters}`.slice(0, 64);
const privateKey = (lines: number) =>
  [made("-----BEGIN RSA PRIV", "ATE KEY-----"), ...Array<string>(lines).fill(keyBody)].join("\n");

describe("what is cut out", () => {
  it.each([
    { name: "a token of GitHub", text: made("push with gh", "p_", letters.slice(0, 36)), gone: letters.slice(0, 36) },
    { name: "a password in an assignment", text: "DB_PASSWORD=hunter22", gone: "hunter22" },
    { name: "a password of words", text: "password: correct-horse-battery", gone: "correct-horse" },
    { name: "a password in quotes with spaces", text: `password = "open sesame now"`, gone: "sesame" },
    { name: "a value in JSON", text: `{"user":"bo","client_secret":"s3cr3tv4lue"}`, gone: "s3cr3tv4lue" },
    { name: "a value in JSON within a string", text: `"{\\"apiKey\\":\\"s3cr3tv4lue\\"}"`, gone: "s3cr3tv4lue" },
    { name: "a flag with an equals sign", text: "deploy --token=abc123def", gone: "abc123def" },
    { name: "a flag with a space", text: "mysql --password hunter22 -h db", gone: "hunter22" },
    { name: "curl's user", text: "curl -u admin:hunter22 https://acme.dev", gone: "hunter22" },
    { name: "a header", text: "> Authorization: Bearer abcd.efgh", gone: "abcd.efgh" },
    { name: "a header of basic authentication", text: "authorization: Basic YWRtaW46aHVudGVyMg==", gone: "YWRtaW46" },
    { name: "cookies", text: "< Set-Cookie: session=abc; Path=/", gone: "session=abc" },
    { name: "an address with a password", text: "fetch https://bot:hunter22@acme.dev/x", gone: "hunter22" },
    { name: "a database's address", text: "postgres://app:hun/ter22@db.acme.dev/app", gone: "ter22" },
    {
      name: "an address with a token",
      text: `clone https://${letters.slice(0, 20)}@acme.dev/x`,
      gone: letters.slice(0, 20),
    },
    { name: "a signed address", text: "GET /blob?sv=1&sig=abc%2Fdef%3D&x=1", gone: "abc%2Fdef" },
    { name: "a web token", text: made("got ey", "JhbGciOiJSUzI1NiJ9.ey", `JzdWIiOiIxIn0.${letters}`), gone: letters },
    { name: "a web token that is cut off", text: made("got ey", "JhbGciOiJSUzI1NiJ9.ey", "JzdWIi"), gone: "JzdWIi" },
    { name: "a private key", text: made(privateKey(5), "\n-----END RSA PRIV", "ATE KEY-----\nok"), gone: keyBody },
    { name: "a private key that is cut off", text: `${privateKey(3)}\nError: it broke`, gone: keyBody },
    { name: "a private key in one string", text: JSON.stringify(privateKey(3)), gone: keyBody },
    { name: "lines of a key without its first", text: `${keyBody}\n${keyBody}`, gone: keyBody },
    { name: "a random run", text: `value ${letters} here`, gone: letters },
    { name: "a random run of small letters", text: "id k3j9x2m7q1w8z5v0b4n6c3l1p9t2 here", gone: "k3j9x2m7" },
    {
      name: "what a step asks the runner to mask",
      text: "::add-mask::open sesame\nthe open sesame is",
      gone: "sesame",
    },
  ])("$name", async ({ text, gone }) => {
    const redacted = await cleared(text);
    expect(redacted).toContain("[redacted]");
    expect(redacted).not.toContain(gone);
  });

  it.each([
    { name: "as it is", printed: "the value is tulip-42" },
    { name: "in base64", printed: `x ${Buffer.from("tulip-42").toString("base64")}` },
    { name: "in an address", printed: "?q=tulip-42" },
  ])("a known value, $name", async ({ printed }) => {
    expect(await cleared(printed, ["tulip-42"])).toMatch(/\[redacted\]$|\[redacted\]=?$/);
  });

  it("a known key, each line by itself", async () => {
    expect(await cleared("at second-line-of-it\n", ["first-line-of-it\nsecond-line-of-it"])).toBe("at [redacted]\n");
  });
});

describe("what stays", () => {
  it.each([
    "Process completed with exit code 1.",
    "password=*** token=***",
    "git config http.https://github.com/.extraheader AUTHORIZATION: basic ***",
    "pip install --user git+https://github.com/acme/api.git@v1",
    "Stored in /private/var/folders/8j/sfr9Qqcj73j4p6nhwc/T/pip-ephem-wheel-cache-k48yy0q1/wheels/cf/ec/1d/5354b0b23d09",
    "https://x-access-token:***@github.com/acme/api",
    "git@github.com:acme/api.git and ssh://git@github.com/acme/api",
    "HEAD is now at 0123456789abcdef0123456789abcdef01234567",
    "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    "SyntaxError: Unexpected token: function",
    "PWD=/home/runner/work/api/api",
    "at com.acme.orders.OrderServiceTest.keepsOrder(OrderServiceTest.java:42)",
    "expected password: string, got undefined",
    "cacheKey: node-modules-linux",
    "TOKEN=$DEPLOY_TOKEN",
    "see GHSA-abcd-1234-efgh",
    "Tests: 3 failed, 120 passed, 123 total",
    "/home/runner/work/api/api/node_modules/vitest/dist/chunks/index.js:120:9",
  ])("%s", async (text) => {
    expect(await cleared(text)).toBe(text);
  });

  it("the rest of the line", async () => {
    expect(await cleared("login --password hunter22 --host db failed")).toBe(
      "login --password [redacted] --host db failed",
    );
    expect(await cleared("https://bot:hunter22@acme.dev/x refused")).toBe("https://[redacted]@acme.dev/x refused");
  });

  it("an error behind a key that is cut off", async () => {
    expect(await cleared(`${privateKey(3)}\nError: it broke off (code 3)`)).toContain("Error: it broke off (code 3)");
  });
});

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".split("");
const random = (length: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map((all) => all.join(""));

/** A secret, and how it stands in a log. */
const planted = fc.oneof(
  random(36).map((value) => ({ value, text: made("gh", "p_", value) })),
  random(12).map((value) => ({ value, text: `API_PASSWORD=${value}` })),
  random(20).map((value) => ({ value, text: `"client_secret": "${value}"` })),
  random(24).map((value) => ({ value, text: `https://bot:${value}@acme.dev/path` })),
  random(40).map((value) => ({ value, text: `Authorization: Bearer ${value}` })),
  random(43).map((value) => ({ value, text: made("ey", "JhbGciOiJSUzI1NiJ9.ey", `JzdWIiOiIxIn0.${value}`) })),
  random(64).map((value) => ({
    value,
    text: `${made("-----BEGIN PRIV", "ATE KEY-----")}\n${value}\n${made("-----END PRIV", "ATE KEY-----")}`,
  })),
);
const around = fc.string({ unit: fc.constantFrom(..."ab Z09=:/\"'-_.@{}[]\n\\…".split("")), maxLength: 60 });

it("a planted secret never survives, whatever stands on the lines around it", async () => {
  await fc.assert(
    fc.asyncProperty(around, planted, around, async (before, { value, text }, behind) => {
      expect(await cleared(`${before}\n${text}\n${behind}`)).not.toContain(value);
    }),
    { numRuns: 300 },
  );
});

it("redacting twice changes nothing more", async () => {
  const piece = fc.oneof(
    around,
    planted.map(({ text }) => text),
    fc.constantFrom("password=", "token: ", "[redacted]", "***", "://", "@", '"', "Cookie: "),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      const once = await cleared(pieces.join(""));
      expect(await cleared(once)).toBe(once);
    }),
    { numRuns: 500 },
  );
});

it("several texts are read at one go, and what one asks to mask is cut out of all", async () => {
  const { texts, count } = await redactTexts(["::add-mask::tulip-42", "", "is tulip-42", privateKey(2), "last"]);
  expect(texts).toEqual([
    "::add-mask::[redacted]",
    "",
    "is [redacted]",
    expect.stringContaining("KEY-----[redacted]"),
    "last",
  ]);
  expect(count).toBe(3);
});

it("a secret across two windows of the scanner is found", async () => {
  const token = made("gh", "p_", letters.slice(0, 36));
  const line = "an ordinary line of a log, of which there are many in it\n";
  const text = line.repeat(5_000);
  for (const at of [149_980, 150_000, 150_010, 134_000]) {
    expect(await cleared(`${text.slice(0, at)} ${token} ${text.slice(at)}`)).not.toContain(token);
  }
});
