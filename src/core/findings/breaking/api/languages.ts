/** The languages whose public interfaces are compared. */

import type { ApiLanguage } from "./api-language.ts";

export const languages: readonly ApiLanguage[] = [];
