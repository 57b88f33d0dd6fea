/** Names of environments: which are the same to GitHub, and which only look the same to people. */

/** GitHub does not tell case apart. @see https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments */
export function environmentKey(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/**
 * What a name looks like: two names of one look can be taken for each other. Letters of other scripts that are drawn like Latin ones,
 * compatibility forms, accents, invisible characters, dashes and blanks count as what they are taken for.
 */
export function lookOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu, "")
    .toLowerCase();
  const letters = [...plain].map((character) => drawnAlike.get(character) ?? character).join("");
  return letters
    .replace(/rn/g, "m")
    .replace(/vv/g, "w")
    .replace(/[\s\p{P}\p{Z}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

/** @see https://www.unicode.org/reports/tr39/#Confusable_Detection, of which this is what can spell an English word */
const drawnAlike = new Map(
  Object.entries({
    a: "аɑα@4",
    b: "Ьв",
    c: "сϲ",
    d: "ԁ",
    e: "еҽε3",
    f: "ϝ",
    g: "ɡ",
    h: "һ",
    i: "іι1|lⅼӏ!ı",
    j: "ј",
    k: "кκ",
    m: "мⅿ",
    n: "ո",
    o: "оοо0օ",
    p: "рρ",
    q: "ԛ",
    r: "г",
    s: "ѕ5$",
    t: "тτ7",
    u: "υս",
    v: "νѵ",
    w: "ԝѡ",
    x: "хχ",
    y: "уү",
    z: "2",
  }).flatMap(([latin, others]) => [...others].map((other): [string, string] => [other, latin])),
);
