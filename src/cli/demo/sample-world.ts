/** The people of the demonstration and their repository, on a fresh simulated GitHub. */

import { createBot } from "../../sandbox/actions/accounts.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { Organisation } from "../../sandbox/state/accounts.ts";
import type { Repository } from "../../sandbox/state/repository.ts";
import { sampleFiles } from "./sample-repository.ts";

export interface SampleWorld {
  organisation: Organisation;
  repository: Repository;
}

export const demoAppId = 4010;

/** Who is who: shown at the start, and the logins that `demo act` takes. */
export const cast = [
  { logins: ["maria"], part: "writes the changes" },
  { logins: ["bob", "kim"], part: "peers: may write, and so review; kim is on call with otto" },
  { logins: ["lena"], part: "technical lead" },
  { logins: ["sam", "ida"], part: "security team" },
  { logins: ["otto"], part: "on call; administers the organisation" },
  { logins: ["renovate[bot]"], part: "a bot, whose approval counts for nothing" },
] as const;

export function buildSampleWorld(github: Sandbox): SampleWorld {
  const organisation = github.createOrganisation("acme", {
    otto: "admin",
    maria: "member",
    bob: "member",
    kim: "member",
    lena: "member",
    sam: "member",
    ida: "member",
  });
  organisation.basePermission = "write";
  const repository = github.createRepository(organisation, "shop", {
    files: { ...sampleFiles },
    isPrivate: false,
    description: "Orders over HTTP",
  });
  github.createTeam(organisation, "Security", ["sam", "ida"], { repositories: [[repository, "write"]] });
  github.createTeam(organisation, "Leads", ["lena"], { repositories: [[repository, "maintain"]] });
  createBot(github.world, "renovate[bot]", null);
  github.addCollaborator(repository, "renovate[bot]", "write");
  github.protect(repository, "main", { requiredChecks: [{ context: "holdpoint: main", appId: demoAppId }] });
  return { organisation, repository };
}
