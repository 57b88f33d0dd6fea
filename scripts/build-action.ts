/** Writes action/dist, which is committed: the runner starts it as it is and installs nothing. Another folder may be named. */

import { join } from "node:path";
import { bundle, root } from "./bundle/bundle.ts";
import { allParsersBeside } from "./bundle/parsers.ts";

const outDir = process.argv[2] ?? join(root, "action/dist");
await bundle({ entries: { index: "action/index.ts" }, outDir, minify: true, ...allParsersBeside });
