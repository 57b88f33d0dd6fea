import { readView } from "../deployments/request-view.ts";
import { sayDeploy } from "../deployments/say-deploy.ts";
import type { CommandHandler } from "./command.ts";

/** `/holdpoint deploy …` on a pull request: about what waits and brings it along. */
export const deploy: CommandHandler = async ({ subject, comment, command }, ports) => {
  const { repositoryId, number } = subject;
  const all = await ports.deployments.listWaitingRequests({ repositoryId });
  const waiting = all.filter(({ view }) => readView(view)?.pulls.includes(number));
  return sayDeploy({ repositoryId, number, comment, rest: command.rest, waiting }, ports);
};
