/** How checks, statuses and workflow runs may end, as users name it. */

import { z } from "zod";
import { checkStates } from "../../snapshot.ts";
import { oneOrMany } from "../blocks/values.ts";

/** Names mapped to the states that will do. */
export const wantedStates = z
  .record(z.string().min(1).max(300), oneOrMany(z.enum(checkStates)))
  .refine((wanted) => Object.keys(wanted).length > 0, {
    message: "this names nothing to look at",
    params: { expected: "names mapped to the states that will do, e.g. `{ build: [success] }`" },
  });
