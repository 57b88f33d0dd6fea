/** `holdpoint doctor`: whether the App, its webhook, its database and its repositories are set up as they should be. */

import { exitCodes } from "../exit-codes.ts";
import type { Configure } from "./command.ts";

const examples = `
Examples:
  holdpoint doctor
  holdpoint doctor --repo acme/api
  holdpoint doctor --json
  GITHUB_TOKEN=$(gh auth token) holdpoint doctor --repo acme/api

With the App's settings in the environment (APP_ID, PRIVATE_KEY, …, as "holdpoint serve" reads them) it looks at
the App's permissions and events, its webhook and failed deliveries, the clock, the requests left, the database, and
each repository with a policy: whether the policy loads, its teams exist, and the default branch requires the check
from this App. With only a token it looks at what that can see of one repository. It changes nothing.

Exit codes: 0 all well, 1 something to mend, 2 usage or invalid input, 3 something could not be looked at.`;

interface Options {
  repo?: string;
  json?: boolean;
}

export const configure: Configure = (command, io, finish) => {
  command
    .option("--repo <owner/name>", "only this repository")
    .option("--json", "write what was found as JSON")
    .addHelpText("after", examples)
    .action(async ({ repo, json }: Options) => {
      const [{ runDoctor }, { printDoctor }] = await Promise.all([
        import("../doctor/run-doctor.ts"),
        import("../doctor/print-doctor.ts"),
      ]);
      const looked = await runDoctor(io.env, repo === undefined ? {} : { repo });
      const has = (health: string) => looked.some((one) => one.health === health);
      if (json) io.write(`${JSON.stringify({ well: !has("mend") && !has("unread"), looked }, null, 2)}\n`);
      else printDoctor(looked, io);
      finish(has("mend") ? exitCodes.held : has("unread") ? exitCodes.unreadable : exitCodes.open);
    });
};
