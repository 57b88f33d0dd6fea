// Writes docs/pull-request.schema.json from the description's own declaration. A test fails while the two differ.
import { writeFileSync } from "node:fs";
import { descriptionJsonSchema } from "../src/core/description/json-schema.ts";

const target = new URL("../docs/pull-request.schema.json", import.meta.url);
writeFileSync(target, `${JSON.stringify(descriptionJsonSchema(), null, 2)}\n`);
