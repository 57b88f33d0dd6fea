/** Takes secrets out of what a workflow hands over: by their form, by the name beside them, by how random they look, and by their value. */

import { formSpans } from "./redaction/form-spans.ts";
import { maskedValues, waysToPrint } from "./redaction/known-values.ts";
import { namedSpans } from "./redaction/named-spans.ts";
import { opaqueSpans } from "./redaction/opaque-spans.ts";
import { privateKeySpans } from "./redaction/private-key-spans.ts";
import { cutOut, type Span } from "./redaction/span.ts";

export interface RedactOptions {
  /** Values that are secret whatever they look like. */
  known?: readonly string[];
  /** Called now and then, so that a server can answer others meanwhile. */
  breathe?: () => Promise<void>;
}

export interface Redaction {
  text: string;
  /** How many parts were cut out. */
  count: number;
}

/** Cutting one secret out can bring another to light, as behind a quotation mark. */
const passesMax = 10;

/**
 * Time grows with the length alone, some 0.3 s of one core for 2 MB. Redacting twice changes nothing more. What the runner cut out (`***`) stays.
 *
 * @param text any text, best without colours and time stamps: both tear secrets apart
 */
export async function redact(text: string, { known = [], breathe = noPause }: RedactOptions = {}): Promise<Redaction> {
  const ways = waysToPrint([...known, ...maskedValues(text)]);
  let result: Redaction = { text, count: 0 };
  for (let pass = 0; pass < passesMax; pass++) {
    const spans = [valueSpansOf(ways), namedSpans, opaqueSpans, privateKeySpans].flatMap((find) => find(result.text));
    await breathe();
    spans.push(...(await formSpans(result.text, breathe)));
    if (spans.length === 0) break;
    const { text: rest, count } = cutOut(result.text, spans);
    result = { text: rest, count: result.count + count };
  }
  return result;
}

/** Several texts at one go, as the scanner takes a while to start. Secrets of one are looked for in all. */
export async function redactTexts(
  texts: readonly string[],
  options: RedactOptions = {},
): Promise<{ texts: string[]; count: number }> {
  const joined = texts.map((text) => text.replaceAll(separator, "")).join(`\n${separator}\n`);
  const { text, count } = await redact(joined, options);
  const parts = text.split(`\n${separator}\n`);
  // A key that is cut off may have taken what stands behind it along: then each is read by itself.
  if (parts.length === texts.length) return { texts: parts, count };
  const known = [...(options.known ?? []), ...maskedValues(joined)];
  const each: Redaction[] = [];
  for (const one of texts) each.push(await redact(one, { ...options, known }));
  return { texts: each.map((one) => one.text), count: each.reduce((sum, one) => sum + one.count, 0) };
}

/** In no secret, and in no text that was cleaned. */
const separator = "\u0001";

function valueSpansOf(ways: readonly string[]): (text: string) => Span[] {
  return (text) => {
    const spans: Span[] = [];
    for (const way of ways) {
      for (let at = text.indexOf(way); at >= 0; at = text.indexOf(way, at + way.length)) {
        spans.push({ start: at, end: at + way.length });
      }
    }
    return spans;
  };
}

async function noPause(): Promise<void> {}
