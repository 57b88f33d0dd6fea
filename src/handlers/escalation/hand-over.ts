import type { Escalation } from "../../core/escalation/escalation-state.ts";
import { levelOf } from "../../core/escalation/levels.ts";
import type { WrittenAnswer } from "../../core/escalation/parse-answer.ts";
import { handedOverAnswer, nobodyOf } from "../../core/report/escalation-answers.ts";
import { handedOverMessage } from "../../core/report/escalation-message.ts";
import type { Reply } from "../commands/command.ts";
import type { Ports } from "../ports.ts";
import { holdersIn, type ItemBase, withRoles } from "./item.ts";
import { type GivenAnswer, obey } from "./obey.ts";
import { tellBeyondGithub } from "./tell-beyond-github.ts";

interface HandOver {
  given: GivenAnswer;
  item: ItemBase;
  open: readonly Escalation[];
  written: Extract<WrittenAnswer, { kind: "hand_over" }>;
}

/** `/holdpoint hand-over`: assigns the person, and calls them in the answer and over the channels. */
export async function handOver({ given, item, open, written }: HandOver, ports: Ports): Promise<Reply> {
  const { to, note } = written;
  const login = "login" in to ? to.login : await holderOf(to.role, given, item, ports);
  if (login === null) return { reaction: "confused", comment: nobodyOf("role" in to ? to.role : "") };
  const things = await obey(given, open, { kind: "hand_over", to: login, note }, ports);
  const outcome = await ports.github.addAssignees(item.subject, [login]);
  for (const { stuck, state } of open) {
    const level = levelOf(item.policy, state.levels.at(-1)?.name ?? stuck.startsAt);
    const url = `${ports.urls.server}/${stuck.repository.owner}/${stuck.repository.name}/issues/${stuck.number}`;
    const message = handedOverMessage({ stuck, level, now: ports.clock.now(), url }, login, given.comment);
    await tellBeyondGithub({ ...message, channels: [...level.notify] }, item.policy, ports);
  }
  return { reaction: "+1", comment: handedOverAnswer(things, login, outcome === "added") };
}

/** Whoever of the role is free; never whoever hands it over. */
async function holderOf(role: string, { comment }: GivenAnswer, item: ItemBase, ports: Ports): Promise<string | null> {
  const known = await withRoles(item, [role], ports);
  const isBusy = ({ id }: { id: number }) => Number(known.known.directory.busy.includes(id));
  const others = holdersIn(known, [role]).filter(({ id }) => id !== comment.user.id);
  return others.sort((a, b) => isBusy(a) - isBusy(b))[0]?.login ?? null;
}
