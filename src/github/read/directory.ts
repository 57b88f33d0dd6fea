/** Who people are: teams, organisations, permissions and code owners, kept for a minute unless something says that they changed. */

import type { Directory, Permission, Person, Read } from "../../core/snapshot.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { DirectoryWanted } from "../../handlers/github-port.ts";
import type { GithubClient } from "../client.ts";
import { ConditionalReads } from "../conditional.ts";
import { readCodeOwners } from "./code-owners.ts";
import { collectMembers, isAboutMembers, type MembersWanted, planMembers } from "./members-query.ts";
import { readPermission } from "./permission.ts";
import { TtlCache } from "./ttl-cache.ts";

const ttlMs = 60_000;

interface Members {
  people: Read<Person[]>;
  busy: number[];
}

export class DirectoryReader {
  readonly #client: GithubClient;
  readonly #reads: ConditionalReads;
  readonly #members: TtlCache<Members>;
  readonly #permissions: TtlCache<Read<Permission>>;

  constructor(client: GithubClient) {
    this.#client = client;
    this.#reads = new ConditionalReads(client);
    const now = () => client.now();
    this.#members = new TtlCache(ttlMs, now);
    this.#permissions = new TtlCache(ttlMs, now);
  }

  /** @throws {GithubError} when GitHub fails */
  async read(subject: PullRequestSubject, wanted: DirectoryWanted): Promise<Directory> {
    if (wanted.fresh) this.forget(subject.installationId);
    const [members, permissions, codeowners] = await Promise.all([
      this.#readMembers(subject.installationId, wanted),
      this.#readPermissions(subject, wanted.permissionsOf),
      this.#readCodeOwners(subject, wanted.codeownersOf),
    ]);
    return { ...members, permissions, ...codeowners };
  }

  /** Forgets what is kept of an installation: its teams, members or permissions changed. */
  forget(installationId: number): void {
    this.#members.forget(`${installationId}:`);
    this.#permissions.forget(`${installationId}:`);
  }

  #readCodeOwners(
    subject: PullRequestSubject,
    paths: string[] | null,
  ): Promise<Pick<Directory, "codeowners" | "codeownersProblems">> {
    if (paths === null) return Promise.resolve({ codeowners: { kind: "missing" } });
    const readTeams = async (teams: string[]) =>
      (await this.#readMembers(subject.installationId, { teams, organizations: [] })).teams;
    return readCodeOwners(this.#client, subject, paths, readTeams);
  }

  async #readPermissions(subject: PullRequestSubject, people: readonly Person[]): Promise<Directory["permissions"]> {
    const found: Directory["permissions"] = {};
    await Promise.all(
      people.map(async (person) => {
        const key = `${subject.installationId}:${subject.repositoryId}:${person.id}`;
        let reading = this.#permissions.get(key);
        if (!reading) {
          reading = readPermission(this.#reads, subject, person);
          this.#permissions.set(key, reading);
        }
        found[person.id] = await reading;
      }),
    );
    return found;
  }

  async #readMembers(
    installationId: number,
    wanted: MembersWanted,
  ): Promise<Pick<Directory, "teams" | "organizations" | "busy">> {
    const teams = [...new Set(wanted.teams.map((name) => name.toLowerCase()))];
    const organizations = [...new Set(wanted.organizations.map((name) => name.toLowerCase()))];
    const keyOf = (kind: "team" | "organization", name: string) => `${installationId}:${kind}:${name}`;
    const unread = {
      teams: teams.filter((name) => !this.#members.get(keyOf("team", name))),
      organizations: organizations.filter((name) => !this.#members.get(keyOf("organization", name))),
    };
    if (unread.teams.length + unread.organizations.length > 0) {
      const reading = this.#fetchMembers(installationId, unread);
      for (const name of unread.teams) this.#members.set(keyOf("team", name), pick(reading, "teams", name));
      for (const name of unread.organizations)
        this.#members.set(keyOf("organization", name), pick(reading, "organizations", name));
      await reading;
    }
    const busy = new Set<number>();
    const collect = async (kind: "team" | "organization", names: string[]) => {
      const found: Record<string, Read<Person[]>> = {};
      for (const name of names) {
        const members = await this.#members.get(keyOf(kind, name));
        found[name] = members?.people ?? { kind: "unreadable", reason: "it changed while it was being read" };
        for (const id of members?.busy ?? []) busy.add(id);
      }
      return found;
    };
    return {
      teams: await collect("team", teams),
      organizations: await collect("organization", organizations),
      busy: [...busy],
    };
  }

  async #fetchMembers(installationId: number, wanted: MembersWanted) {
    const plan = planMembers(wanted);
    if (plan.organizations.length === 0) return { teams: {}, organizations: {}, busy: [] };
    const { data, problems } = await this.#client.graphql<object>(
      {
        name: "Members",
        document: membersDocument(plan.parameters, plan.selection),
        variables: plan.variables,
        tolerates: isAboutMembers,
      },
      { installationId },
    );
    return collectMembers(this.#client, installationId, plan, data, problems);
  }
}

type Found = Awaited<ReturnType<typeof collectMembers>>;

async function pick(reading: Promise<Found>, kind: "teams" | "organizations", name: string): Promise<Members> {
  const found = await reading;
  const people = found[kind][name] ?? { kind: "missing" };
  const ids = new Set(people.kind === "read" ? people.value.map(({ id }) => id) : []);
  return { people, busy: found.busy.filter((id) => ids.has(id)) };
}

/** @param parameters as planned, with the comma they start with */
export function membersDocument(parameters: string, selection: string): string {
  return `query Members(${parameters.replace(/^, /, "")}) {\n  ${selection}\n}`;
}
