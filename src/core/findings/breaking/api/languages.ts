/** The languages whose public interfaces are compared. */

import { csharp } from "../csharp/csharp.ts";
import { go } from "../go/go-language.ts";
import { java } from "../java/java.ts";
import { apiReport } from "../javascript/api-report.ts";
import { javascript } from "../javascript/javascript.ts";
import { kotlin } from "../kotlin/kotlin.ts";
import { python } from "../python/python-language.ts";
import { rust } from "../rust/rust.ts";
import type { ApiLanguage } from "./api-language.ts";

export const languages: readonly ApiLanguage[] = [javascript, python, go, rust, java, kotlin, csharp, apiReport];
