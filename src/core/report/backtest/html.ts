/** HTML written by templates: what is put into one is text and is escaped, unless it is itself made by a template. */

import { manyLines } from "../words.ts";

export interface Html {
  html: string;
}

type Value = string | number | Html | readonly Html[] | null | false;

export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return {
    html: parts.map((part, index) => `${part}${index < values.length ? toHtml(values[index] ?? null) : ""}`).join(""),
  };
}

/** Text of our own that is no text to be shown: a style sheet. */
export function trusted(text: string): Html {
  return { html: text };
}

function toHtml(value: Value): string {
  if (value === null || value === false) return "";
  if (typeof value === "string") return escaped(value);
  if (typeof value === "number") return String(value);
  return "html" in value ? value.html : value.map((one) => one.html).join("");
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  return manyLines(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
