import { z } from "zod";
import { glob } from "./values.ts";

export const testEnvironmentsSchema = z
  .strictObject({
    branches: z.array(glob).optional().describe("Base branches where the gate stands aside."),
    environments: z.array(glob).optional().describe("Deployment environments where it does."),
    protected: z
      .array(glob)
      .optional()
      .describe("Branches and environments where it never does, beside the default branch, releases and production."),
  })
  .optional()
  .describe("Where the gate stands aside.");

export type TestEnvironments = NonNullable<z.output<typeof testEnvironmentsSchema>>;
