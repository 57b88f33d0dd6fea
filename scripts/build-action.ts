/** Writes action/dist, which is committed: the runner starts it as it is and installs nothing. */

import { join } from "node:path";
import { bundle } from "./bundle/bundle.ts";

const outDir = process.argv[2] ?? join(import.meta.dirname, "../action/dist");
await bundle({ entries: { index: "action/index.ts" }, outDir });
