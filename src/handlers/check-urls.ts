/** Addresses that a check links to; all of them built from settings and from what was read, never taken from a payload. */

import type { PolicySource } from "../core/policy/policy-document.ts";
import type { CheckUrls } from "../core/report/render-check.ts";
import type { Ports } from "./ports.ts";

export function checkUrls({ repository, path, commit }: PolicySource, urls: Ports["urls"]): CheckUrls {
  const file =
    repository.includes("/") && commit !== null
      ? `${urls.server}/${[...repository.split("/"), "blob", commit, ...path.split("/")].map(encodeURIComponent).join("/")}`
      : null;
  return {
    policyUrl: (line) => (file === null ? null : line === null ? file : `${file}#L${line}`),
    codeUrl: (code) => pageUrl(urls, "codes", code),
    ruleUrl: (rule) => pageUrl(urls, "rules", rule),
    details: urls.public,
  };
}

function pageUrl({ documentation }: Ports["urls"], folder: string, name: string): string | null {
  return documentation === null ? null : `${documentation}/${folder}/${encodeURIComponent(name)}`;
}
