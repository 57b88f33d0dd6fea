/** `holdpoint serve`: the App as a process, set up by its environment alone. */

import type { Configure } from "./command.ts";

const examples = `
Examples:
  APP_ID=1234 PRIVATE_KEY_PATH=app.pem WEBHOOK_SECRET=$(openssl rand -hex 32) holdpoint serve
  DATABASE_URL=postgres://holdpoint@db/holdpoint holdpoint serve

Settings come from the environment; docs/operating.md lists them. It serves until SIGTERM or SIGINT,
and answers GET /readyz with 200 once it is ready.`;

export const configure: Configure = (command, io, finish) => {
  command.addHelpText("after", examples).action(async () => {
    const { runServe } = await import("../../app.ts");
    finish(await runServe(io.env));
  });
};
