/** The languages whose facts can be read: the next one is a table of its node types and a line here. */

import { csharp, go, java, rust } from "./compiled-dialects.ts";
import type { Dialect } from "./dialect.ts";
import type { Family } from "./facts.ts";
import { javascript, php, python, ruby } from "./scripting-dialects.ts";

export const dialects: Readonly<Record<Family, Dialect>> = { javascript, python, go, java, csharp, ruby, php, rust };
