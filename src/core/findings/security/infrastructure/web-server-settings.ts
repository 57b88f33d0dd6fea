/** Reads the configuration of nginx and Apache, line by line. */

import { noSettings, type Settings, sourceCharactersMax } from "./setting.ts";

const rows: readonly { line: RegExp; what: string }[] = [
  {
    line: /^ssl_protocols\s[^;#]{0,100}\b(?:SSLv[23]|TLSv1(?:\.[01])?)(?=[\s;])/i,
    what: "an old version of TLS is allowed",
  },
  {
    line: /^SSLProtocol\s[^#]{0,100}(?:^|\s)\+?(?:SSLv[23]|TLSv1(?:\.[01])?)(?=\s|$)/i,
    what: "an old version of TLS is allowed",
  },
  { line: /^(?:proxy|grpc|uwsgi)_ssl_verify\s+off\b/i, what: "the certificate of the server behind is not checked" },
  { line: /^SSLProxyVerify\s+none\b/i, what: "the certificate of the server behind is not checked" },
];

const linesMax = 20_000;

export function webServerSettings(text: string): Settings {
  const found = noSettings();
  const lines = text.split(/\r?\n/, linesMax);
  found.isWhole = lines.length < linesMax;
  for (const [at, raw] of lines.entries()) {
    const source = raw.trim().slice(0, sourceCharactersMax);
    const base = { rule: "connection_unprotected", line: at + 1, source };
    const row = rows.find(({ line }) => line.test(source));
    if (row !== undefined) found.weak.push({ ...base, strength: "likely", what: row.what, key: source });
    if (/^(?:add_header|Header\s+(?:always\s+)?set)\s+"?Strict-Transport-Security\b/i.test(source)) {
      found.guards.push({
        ...base,
        strength: "likely",
        what: "browsers are no longer told to use TLS only",
        key: "strict transport",
      });
    }
  }
  return found;
}
