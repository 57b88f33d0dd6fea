/**
 * Whether a text nests deeper than a recursive parser can bear. The parser is native code: it does not refuse such a text, it ends the process.
 * Measured: 3,000 brackets or 15,000 arrows in a row are too many; what people write has a few dozen.
 */

const bracketsMax = 1000;
/** Signs that open one expression inside of another, without a sign that ends one between them. */
const chainMax = 4000;
const anglesMax = 1000;
const tagsMax = 4000;

/** One look at each character. Texts in quotes and comments are not told apart: nobody writes a thousand open brackets in a row there. */
export function isTooDeep(path: string, text: string): boolean {
  const hasTags = !/\.[cm]?ts$/.test(path);
  let brackets = 0;
  let angles = 0;
  let tags = 0;
  let chain = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 40: // (
      case 91: // [
      case 123: // {
        if (++brackets > bracketsMax) return true;
        break;
      case 41: // )
      case 93: // ]
      case 125: // }
        if (brackets > 0) brackets--;
        chain = 0;
        break;
      case 59: // ;
        angles = 0;
        chain = 0;
        break;
      case 44: // ,
        chain = 0;
        break;
      case 60: {
        // <
        const next = text.charCodeAt(at + 1);
        if (next === 47) tags = Math.max(0, tags - 1);
        else if (hasTags && ++tags > tagsMax) return true;
        if (++angles > anglesMax && !hasTags) return true;
        chain++;
        break;
      }
      case 62: // >
        if (text.charCodeAt(at - 1) === 47) tags = Math.max(0, tags - 1);
        angles = Math.max(0, angles - 1);
        break;
      case 33: // !
      case 38: // &
      case 43: // +
      case 45: // -
      case 58: // :
      case 61: // =
      case 63: // ?
      case 124: // |
      case 126: // ~
        if (++chain > chainMax) return true;
        break;
    }
  }
  return false;
}
