/** Holdpoint as a process of its own, from its environment, as `holdpoint serve` runs it. */

import { runServe } from "../../src/app.ts";

process.exitCode = await runServe(process.env);
