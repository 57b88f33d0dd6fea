import { tellsOf } from "./code-stories.ts";

const off = ["tls_verification_off proven"];
const go = (line: string) => `package a\n\nfunc a() {\n\t${line}\n}\n`;
const java = (line: string) => `class A {\n  void a() {\n    ${line}\n  }\n}\n`;

tellsOf([
  {
    name: "an internal package's client",
    path: "internal/a.ts",
    after: "new Agent({ rejectUnauthorized: false });\n",
    says: off,
  },
  {
    name: "Node's agent trusts everybody",
    path: "a.ts",
    after: "new Agent({ rejectUnauthorized: false });\n",
    says: off,
  },
  { name: "Node's agent, set later", path: "a.js", after: "options.rejectUnauthorized = false;\n", says: off },
  {
    name: "Node's agent by the configuration",
    path: "a.ts",
    after: "new Agent({ rejectUnauthorized: config.strict });\n",
  },
  { name: "Node's agent checks", path: "a.ts", after: "new Agent({ rejectUnauthorized: true });\n" },
  {
    name: "the environment of the process",
    path: "a.mjs",
    after: 'process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";\n',
    says: off,
  },
  {
    name: "an environment that is deleted",
    path: "a.mjs",
    after: "delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;\n",
  },
  {
    name: "a callback that likes every name",
    path: "a.ts",
    after: "connect({ checkServerIdentity: () => undefined });\n",
    says: off,
  },
  {
    name: "a callback that checks",
    path: "a.ts",
    after: "connect({ checkServerIdentity: (host, cert) => check(host, cert) });\n",
  },
  { name: "the word in a text", path: "a.ts", after: 'log("rejectUnauthorized: false");\n' },
  { name: "the word in a comment", path: "a.ts", after: "// rejectUnauthorized: false\n" },
  { name: "a test's agent", path: "test/a.ts", after: "new Agent({ rejectUnauthorized: false });\n" },
  {
    name: "a tool's agent",
    path: "scripts/a.ts",
    after: "new Agent({ rejectUnauthorized: false });\n",
    says: ["tls_verification_off likely"],
  },
  { name: "requests without verification", path: "a.py", after: "requests.get(url, verify=False)\n", says: off },
  {
    name: "requests over several lines",
    path: "a.py",
    before: "requests.get(\n  url,\n  verify=True,\n)\n",
    after: "requests.get(\n  url,\n  verify=False,\n)\n",
    says: off,
  },
  {
    name: "a context that trusted everybody under another name",
    path: "a.py",
    before: "def a():\n    context.check_hostname = False\n    context.verify_mode = ssl.CERT_NONE\n",
    after: "def a():\n    ctx.check_hostname = False\n    ctx.verify_mode = ssl.CERT_NONE\n",
  },
  {
    name: "a second context that trusts everybody",
    path: "a.py",
    before: "context.verify_mode = ssl.CERT_NONE\n",
    after: "context.verify_mode = ssl.CERT_NONE\nctx.verify_mode = ssl.CERT_NONE\n",
    says: off,
  },
  { name: "a client of httpx", path: "a.py", after: "httpx.AsyncClient(verify=False)\n", says: off },
  { name: "a session's own setting", path: "a.py", after: "session.verify = False\n", says: off },
  { name: "another kind of verification", path: "a.py", after: "load_image(path, verify=False)\n" },
  { name: "Python's context", path: "a.py", after: "ctx = ssl._create_unverified_context()\n", says: off },
  { name: "Python's mode", path: "a.py", after: "ctx.verify_mode = ssl.CERT_NONE\n", says: off },
  { name: "Go's configuration", path: "a.go", after: go("c := &tls.Config{InsecureSkipVerify: true}"), says: off },
  {
    name: "Go's configuration from a setting",
    path: "a.go",
    after: go("c := &tls.Config{InsecureSkipVerify: s.insecure}"),
  },
  { name: "Go's configuration in a test", path: "a_test.go", after: go("c := &tls.Config{InsecureSkipVerify: true}") },
  {
    name: "Rust's client",
    path: "a.rs",
    after: "fn a() { Client::builder().danger_accept_invalid_certs(true).build(); }\n",
    says: off,
  },
  {
    name: "Rust's client by a setting",
    path: "a.rs",
    after: "fn a() { Client::builder().danger_accept_invalid_certs(loose).build(); }\n",
  },
  {
    name: "Java's verifier",
    path: "A.java",
    after: java("connection.setHostnameVerifier((host, session) -> true);"),
    says: off,
  },
  {
    name: "Java's verifier that checks",
    path: "A.java",
    after: java("connection.setHostnameVerifier((host, session) -> host.equals(own));"),
  },
  {
    name: "C#'s callback",
    path: "A.cs",
    after: "class A { void B() { handler.ServerCertificateCustomValidationCallback = (m, c, n, e) => true; } }\n",
    says: off,
  },
  {
    name: "C#'s callback that checks",
    path: "A.cs",
    after:
      "class A { void B() { handler.ServerCertificateCustomValidationCallback = (m, c, n, e) => e == SslPolicyErrors.None; } }\n",
  },
  { name: "Ruby's mode", path: "a.rb", after: "http.verify_mode = OpenSSL::SSL::VERIFY_NONE\n", says: off },
  { name: "Ruby's mode that checks", path: "a.rb", after: "http.verify_mode = OpenSSL::SSL::VERIFY_PEER\n" },
  { name: "PHP's curl", path: "a.php", after: "<?php\ncurl_setopt($c, CURLOPT_SSL_VERIFYPEER, false);\n", says: off },
  { name: "PHP's curl that checks", path: "a.php", after: "<?php\ncurl_setopt($c, CURLOPT_SSL_VERIFYPEER, true);\n" },
  { name: "PHP's client", path: "a.php", after: "<?php\n$client = new Client(['verify' => false]);\n", says: off },
  {
    name: "an old version in Go",
    path: "a.go",
    after: go("c := &tls.Config{MinVersion: tls.VersionTLS10}"),
    says: ["tls_version_lowered likely"],
  },
  { name: "a new version in Go", path: "a.go", after: go("c := &tls.Config{MinVersion: tls.VersionTLS12}") },
  {
    name: "an old version in Node",
    path: "a.ts",
    after: 'createServer({ minVersion: "TLSv1" });\n',
    says: ["tls_version_lowered likely"],
  },
  { name: "a new version in Node", path: "a.ts", after: 'createServer({ minVersion: "TLSv1.2" });\n' },
]);
