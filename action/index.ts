/** What the runner starts, once bundled. */

import { main } from "./main.ts";

await main(process.env);
