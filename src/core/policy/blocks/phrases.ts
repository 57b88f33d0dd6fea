import { z } from "zod";

/** Languages whose phrases are built in. */
export const intentLanguages = ["en", "es"] as const;
export type IntentLanguage = (typeof intentLanguages)[number];

const phrases = z.array(z.string().trim().min(1).max(200)).max(200).optional();

/** Free text that means something to the review: built-in phrases of these languages, and the team's own. */
export const phrasesSchema = z
  .strictObject({
    languages: z
      .array(z.enum(intentLanguages))
      .optional()
      .describe("Whose built-in phrases are understood. Default `[en, es]`; `[]`: only your own."),
    approve: phrases.describe("Your own phrases that approve, such as `good to go`."),
    reject: phrases.describe("Your own phrases that reject."),
    edit: phrases.describe("Your own phrases that ask for an edit."),
  })
  .describe("Phrases of comments in free text, beside commands. What is ambiguous never approves.");
export type PhrasesBlock = z.output<typeof phrasesSchema>;
