/** The languages whose public interfaces are compared. */

import { javascript } from "../javascript/javascript.ts";
import { go } from "../go/go-language.ts";
import { python } from "../python/python-language.ts";
import { rust } from "../rust/rust.ts";
import type { ApiLanguage } from "./api-language.ts";

export const languages: readonly ApiLanguage[] = [javascript, python, rust];
export const languages: readonly ApiLanguage[] = [python, go];
