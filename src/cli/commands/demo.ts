/** `holdpoint demo`: a story over real webhooks, without an account or a server; `demo act` goes on with it. */

import type { Configure } from "./command.ts";

const examples = `
Examples:
  holdpoint demo
  holdpoint demo --once
  holdpoint demo act bob approve 2`;

export const configure: Configure = (command, io, finish) => {
  command
    .option("--once", "end after the story")
    .option("--json", "write what happens as one JSON object a line")
    .addHelpText("after", examples)
    .action(async ({ once = false, json = false }: { once?: boolean; json?: boolean }) => {
      const { runDemo } = await import("../demo/run-demo.ts");
      finish(await runDemo({ isOnce: once, isJson: json }, io));
    });
  command
    .command("act <login> <deed> [arguments...]")
    .description("do something in the demonstration that runs in another terminal")
    .option("--port <port>", "port of its simulated GitHub", "4010")
    .option("--json", "write the answer as JSON")
    .action(async (login: string, deed: string, args: string[], { port, json = false }: ActFlags) => {
      const { act } = await import("../demo/act.ts");
      finish(await act([login, deed, ...args], { port: Number(port), isJson: json }, io));
    });
};

interface ActFlags {
  port: string;
  json?: boolean;
}
