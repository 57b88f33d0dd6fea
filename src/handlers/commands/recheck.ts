import type { CommandHandler } from "./command.ts";

/** `/holdpoint recheck`: looks at the pull request again. */
export const recheck: CommandHandler = async ({ subject }, { store }) => {
  await store.enqueue([subject]);
  return { reaction: "+1" };
};
