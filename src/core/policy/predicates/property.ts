import { z } from "zod";
import { oneOrMany } from "../blocks/values.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when every custom property that is named has one of its values. */
export const property = definePredicate({
  key: "property",
  schema: z
    .record(z.string().min(1).max(75), oneOrMany(z.string().min(1).max(75)))
    .refine((wanted) => Object.keys(wanted).length > 0, {
      message: "this names no property",
      params: { expected: "custom properties mapped to values, e.g. `{ tier: [gold] }`" },
    })
    .describe("Custom properties of the repository, each with the values that will do."),
  example: { tier: ["gold"] },
  reads: ["repository"],
  test: (wanted, { snapshot }) => {
    const { properties } = snapshot.repository;
    const valuesOf = (name: string) => (Object.hasOwn(properties, name) ? (properties[name] ?? []) : []);
    return {
      holds: Object.entries(wanted).every(([name, values]) => valuesOf(name).some((value) => values.includes(value))),
      saw: Object.keys(wanted)
        .map((name) => `${name}: ${valuesOf(name).join(", ") || "not set"}`)
        .join("; "),
    };
  },
});
