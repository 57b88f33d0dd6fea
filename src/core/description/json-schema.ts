/** The description's JSON Schema, for editors and for whoever writes descriptions; `docs/pull-request.schema.json` is its text. */

import { z } from "zod";
import { descriptionSchema } from "./schema.ts";

export function descriptionJsonSchema(): Record<string, unknown> {
  return {
    title: "A pull request, described",
    ...z.toJSONSchema(descriptionSchema, { io: "input", unrepresentable: "any" }),
  };
}
