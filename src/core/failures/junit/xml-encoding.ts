/** In which encoding a file of XML is written. */

/**
 * By its byte order mark, else by its declaration, else UTF-8; names that nobody knows count as UTF-8.
 *
 * @param head at least its first 200 bytes, where it has so many
 * @returns a label that `TextDecoder` takes
 * @see https://www.w3.org/TR/xml/#sec-guessing
 */
export function xmlEncoding(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  if (head[0] === 0x3c && head[1] === 0) return "utf-16le";
  if (head[0] === 0 && head[1] === 0x3c) return "utf-16be";
  const declaration = String.fromCharCode(...head.subarray(0, 200));
  const label = /^(?:\u00ef\u00bb\u00bf)?<\?xml\s[^>]{0,150}encoding\s{0,5}=\s{0,5}["']([\w.:-]{1,40})["']/.exec(
    declaration,
  )?.[1];
  // Its bytes are single ones, as could be read just now.
  if (label === undefined || /^utf-?16|^ucs/i.test(label)) return "utf-8";
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return "utf-8"; // A decoder for it does not exist: names in ASCII come out right all the same.
  }
}
