/** The languages whose public interfaces are compared. */

import { javascript } from "../javascript/javascript.ts";
import type { ApiLanguage } from "./api-language.ts";

export const languages: readonly ApiLanguage[] = [javascript];
import { python } from "../python/python-language.ts";
import type { ApiLanguage } from "./api-language.ts";

export const languages: readonly ApiLanguage[] = [python];
import { rust } from "../rust/rust.ts";
import type { ApiLanguage } from "./api-language.ts";

export const languages: readonly ApiLanguage[] = [rust];
