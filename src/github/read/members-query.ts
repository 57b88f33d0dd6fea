/** Members of teams and organisations, asked for beside anything else: `org0: organization(…) { team0: team(…) { … } }`. */

import type { Directory, Person, Read } from "../../core/snapshot.ts";
import type { GithubClient } from "../client.ts";
import type { GraphqlProblem } from "../graphql-answer.ts";
import { type Connection, hasGaps, nodesOf } from "./connection.ts";
import { personOf, type RawActor } from "./map-person.ts";

const page = "nodes { login databaseId status { indicatesLimitedAvailability } } pageInfo { hasNextPage endCursor }";

/** `ALL` brings the members of child teams too. */
const teamMembers = (after: string) => `members(first: 100, membership: ALL${after}) { ${page} }`;
const organizationMembers = (after: string) => `membersWithRole(first: 100${after}) { ${page} }`;

interface RawMember extends RawActor {
  status: { indicatesLimitedAvailability: boolean } | null;
}

export interface MembersWanted {
  /** `org/slug`. */
  teams: string[];
  /** Logins. */
  organizations: string[];
}

interface OrganizationPlan {
  login: string;
  slugs: string[];
  wantsMembers: boolean;
}

type RawOrganization = Record<string, { members: Connection<RawMember> } | null> & {
  everybody?: Connection<RawMember>;
};

/** Which part of an answer belongs to which team or organisation. */
export interface MembersPlan {
  organizations: OrganizationPlan[];
  /** `$org0: String!, …`, starting with a comma; empty when nothing is wanted. */
  parameters: string;
  selection: string;
  variables: Record<string, string>;
}

/** Plans one query for all that is wanted. A name that is not `org/slug` is left out: the policy check names it. */
export function planMembers(wanted: MembersWanted): MembersPlan {
  const organizations = new Map<string, OrganizationPlan>();
  const planOf = (login: string): OrganizationPlan => {
    const key = login.toLowerCase();
    const plan = organizations.get(key) ?? { login: key, slugs: [], wantsMembers: false };
    organizations.set(key, plan);
    return plan;
  };
  for (const team of new Set(wanted.teams.map((name) => name.toLowerCase()))) {
    const [login, slug, ...more] = team.split("/");
    if (login && slug && more.length === 0) planOf(login).slugs.push(slug);
  }
  for (const login of wanted.organizations) planOf(login).wantsMembers = true;
  return { organizations: [...organizations.values()], ...writePlan([...organizations.values()]) };
}

function writePlan(organizations: readonly OrganizationPlan[]): Omit<MembersPlan, "organizations"> {
  const variables: Record<string, string> = {};
  const selections = organizations.map(({ login, slugs, wantsMembers }, o) => {
    variables[`org${o}`] = login;
    const teams = slugs.map((slug, t) => {
      variables[`slug${o}_${t}`] = slug;
      return `team${t}: team(slug: $slug${o}_${t}) { ${teamMembers("")} }`;
    });
    const everybody = wantsMembers ? [`everybody: ${organizationMembers("")}`] : [];
    return `org${o}: organization(login: $org${o}) { login ${[...teams, ...everybody].join(" ")} }`;
  });
  const parameters = Object.keys(variables).map((name) => `, $${name}: String!`);
  return { variables, parameters: parameters.join(""), selection: selections.join("\n  ") };
}

/** Holds for problems that are about one team or organisation alone. */
export function isAboutMembers({ path }: GraphqlProblem): boolean {
  return /^org\d+$/.test(String(path[0] ?? ""));
}

export type MembersFound = Pick<Directory, "teams" | "organizations" | "busy">;

/**
 * Takes the members out of an answer, reading on where they do not fit one page.
 *
 * @throws {GithubError} when GitHub fails on a further page
 */
export async function collectMembers(
  client: GithubClient,
  installationId: number,
  plan: MembersPlan,
  data: object,
  problems: readonly GraphqlProblem[],
): Promise<MembersFound> {
  const found: MembersFound = { teams: {}, organizations: {}, busy: [] };
  const busy = new Set<number>();
  const answers = data as Record<string, RawOrganization | null | undefined>;
  const rest = (first: Connection<RawMember>, next: NextPage) => readOn(client, installationId, first, next, busy);

  const jobs = plan.organizations.flatMap((wanted, o) => {
    const organization = answers[`org${o}`];
    const teams = wanted.slugs.map(async (slug, t) => {
      const raw = organization?.[`team${t}`];
      found.teams[`${wanted.login}/${slug}`] = raw
        ? await rest(raw.members, { name: "TeamMembers", variables: { login: wanted.login, slug } })
        : absence(problems, [`org${o}`, `team${t}`]);
    });
    if (!wanted.wantsMembers) return teams;
    const everybody = async () => {
      const raw = organization?.everybody;
      found.organizations[wanted.login] = raw
        ? await rest(raw, { name: "OrganizationMembers", variables: { login: wanted.login } })
        : absence(problems, [`org${o}`, "everybody"]);
    };
    return [...teams, everybody()];
  });
  await Promise.all(jobs);
  found.busy = [...busy];
  return found;
}

/** GitHub says NOT_FOUND, or plainly `null`, for what is not there; anything else keeps us from knowing. */
function absence(problems: readonly GraphqlProblem[], path: string[]): Read<Person[]> {
  const problem = problems.find((one) => one.path.every((step, i) => i >= path.length || step === path[i]));
  if (!problem || problem.type === "NOT_FOUND") return { kind: "missing" };
  return { kind: "unreadable", reason: problem.message };
}

interface NextPage {
  name: "TeamMembers" | "OrganizationMembers";
  variables: Record<string, string>;
}

/** 50 pages of 100: who asks for more than 5,000 people names no reviewers. */
const pagesMax = 50;

export const memberPageDocuments: Record<NextPage["name"], string> = {
  TeamMembers: `query TeamMembers($login: String!, $slug: String!, $after: String) {
  organization(login: $login) { team(slug: $slug) { ${teamMembers(", after: $after")} } }
}`,
  OrganizationMembers: `query OrganizationMembers($login: String!, $after: String) {
  organization(login: $login) { ${organizationMembers(", after: $after")} }
}`,
};

interface MembersPage {
  organization: { team?: { members: Connection<RawMember> } | null; membersWithRole?: Connection<RawMember> } | null;
}

async function readOn(
  client: GithubClient,
  installationId: number,
  first: Connection<RawMember>,
  next: NextPage,
  busy: Set<number>,
): Promise<Read<Person[]>> {
  const people: Person[] = [];
  let page: Connection<RawMember> | null | undefined = first;
  for (let pages = 1; page; pages += 1) {
    if (hasGaps(page)) return { kind: "unreadable", reason: "GitHub does not show all members" };
    for (const member of nodesOf(page)) {
      const person = personOf({ ...member, __typename: "User" }, 0);
      people.push(person);
      if (member.status?.indicatesLimitedAvailability) busy.add(person.id);
    }
    if (!page.pageInfo.hasNextPage) return { kind: "read", value: people };
    if (pages === pagesMax) return { kind: "unreadable", reason: `more than ${pagesMax * 100} members` };
    const { data }: { data: MembersPage } = await client.graphql<MembersPage>(
      {
        name: next.name,
        document: memberPageDocuments[next.name],
        variables: { ...next.variables, after: page.pageInfo.endCursor },
      },
      { installationId },
    );
    page = next.name === "TeamMembers" ? data.organization?.team?.members : data.organization?.membersWithRole;
  }
  return { kind: "unreadable", reason: "it vanished while it was being read" };
}
