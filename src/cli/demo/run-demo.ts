/** The demonstration: a simulated GitHub in this process, the real App in another, the story, and then whatever one likes. */

import { USUAL_PERMISSIONS } from "../../sandbox/actions/apps.ts";
import { startSandbox } from "../../sandbox/main.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { fullName } from "../../sandbox/state/repository.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { type AppProcess, AppProcessError, createCredentials, startAppProcess } from "./app-process.ts";
import { followChecks } from "./follow-checks.ts";
import { jsonNarrator, type Narrator, terminalNarrator } from "./narrator.ts";
import { buildSampleWorld, demoAppId, type SampleWorld } from "./sample-world.ts";
import { StoryError, tellStory } from "./tell-story.ts";

export interface DemoOptions {
  /** End after the story. */
  isOnce: boolean;
  isJson: boolean;
}

/** Where `demo act` looks; another free one is taken when somebody listens there already. */
export const usualPort = 4010;

/** @returns the exit code: 1 when a check did not come out as told, 3 when the App could not run */
export async function runDemo({ isOnce, isJson }: DemoOptions, io: Io): Promise<number> {
  const narrator = isJson ? jsonNarrator(io) : terminalNarrator(io);
  const end = listenForEnd();
  narrator.open();
  const github = await startGithub();
  let app: AppProcess | null = null;
  try {
    const credentials = createCredentials(demoAppId);
    app = await startAppProcess(github.url, credentials);
    const world = buildSampleWorld(github);
    const { app: holdpoint } = github.installApp(world.organisation, {
      appId: demoAppId,
      name: "Holdpoint",
      publicKey: credentials.publicKey,
      webhookSecret: credentials.webhookSecret,
      hookUrl: `${app.url}/api/github/webhooks`,
      permissions: { ...USUAL_PERMISSIONS, deployments: "write" },
    });
    github.createEnvironment(world.repository, "production", { rules: [holdpoint] });
    narrator.started({ github: github.url, app: app.url, repository: fullName(world.repository) });
    await Promise.race([play(github, world, narrator, { isOnce, signal: end.signal }), app.failed]);
    return exitCodes.open;
  } catch (error) {
    // A terminal's Ctrl-C reaches the App too, which may be the first to go.
    if (end.signal.aborted) return exitCodes.open;
    if (!(error instanceof StoryError) && !(error instanceof AppProcessError)) throw error;
    io.warn(`\n${error.message}\n`);
    return error instanceof StoryError ? exitCodes.held : exitCodes.unreadable;
  } finally {
    end.give();
    await app?.stop();
    await github.stop();
    end.forget();
  }
}

async function play(
  github: Sandbox,
  { repository }: SampleWorld,
  narrator: Narrator,
  { isOnce, signal }: { isOnce: boolean; signal: AbortSignal },
): Promise<void> {
  await tellStory(github, repository, narrator, signal);
  if (signal.aborted) return;
  narrator.close();
  if (isOnce) return;
  narrator.stay(suggestions(github.url));
  await followChecks(github, repository, narrator.check, signal);
}

async function startGithub(): Promise<Sandbox> {
  const options = { hasControl: true };
  try {
    return await startSandbox({ ...options, port: usualPort });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    return startSandbox(options);
  }
}

function suggestions(url: string): string[] {
  const { port } = new URL(url);
  const act = `npm run holdpoint -- demo act${Number(port) === usualPort ? "" : ` --port ${port}`}`;
  return [
    `${act} kim object 2 "What about an empty filter?"`,
    `${act} kim approve 2`,
    `${act} maria open "Greet in French" docs/bonjour.md "Bonjour"`,
    `${act} lena comment 3 "/holdpoint recheck"`,
    `${act} bob merge 1`,
    `curl -X POST ${url}/__sandbox/act -d '{"as":"bob","do":"comment","with":[2,"/holdpoint help"]}'`,
    `curl ${url}/repos/acme/shop/pulls/2`,
  ];
}

const endings = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Given when somebody wants the end (by a signal), when nobody reads any more, or by us when all is over. */
function listenForEnd(): { signal: AbortSignal; give(): void; forget(): void } {
  const controller = new AbortController();
  const give = () => controller.abort();
  for (const signal of endings) process.on(signal, give);
  process.stdout.on("error", give);
  return {
    signal: controller.signal,
    give,
    forget() {
      for (const signal of endings) process.off(signal, give);
      process.stdout.off("error", give);
    },
  };
}
