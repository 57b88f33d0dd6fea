/** Policies that come with Holdpoint, named in `extends:` as `preset:<name>`. */

import { openSource } from "./open-source.ts";
import { regulated } from "./regulated.ts";
import { startup } from "./startup.ts";

export const presets: Readonly<Record<string, string>> = { startup, regulated, "open-source": openSource };
