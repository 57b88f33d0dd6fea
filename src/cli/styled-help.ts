/** How help looks: headings stand out, on a terminal. */

import { styleText } from "node:util";
import type { HelpConfiguration } from "commander";

export function styledHelp(hasColour: boolean): HelpConfiguration {
  if (!hasColour) return {};
  const bold = (text: string) => styleText("bold", text, { validateStream: false });
  return { styleTitle: bold, styleCommandText: bold };
}
