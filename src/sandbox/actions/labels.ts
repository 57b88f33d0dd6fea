/** Labels are made and renamed, put on and taken off. */
import { issueBody, labelBody } from "../bodies/issue.ts";
import { pullBody } from "../bodies/pull.ts";
import type { Account } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import type { Issue, Label } from "../state/issues.ts";
import { isPull } from "../state/issues.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { register } from "../state/world.ts";
import { announce } from "./announce.ts";
import { invalid } from "./refusal.ts";
import { addEvent } from "./timeline.ts";

export interface LabelFields {
  name: string;
  color?: string;
  description?: string;
}

export function findLabel(repository: Repository, name: string): Label | undefined {
  return repository.labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
}

export function createLabel(world: World, repository: Repository, fields: LabelFields, by: Account): Label {
  if (findLabel(repository, fields.name) !== undefined) {
    throw invalid({ resource: "Label", code: "already_exists", field: "name" });
  }
  const label: Label = register(world, "Label", {
    id: 0,
    nodeId: "",
    name: fields.name,
    color: fields.color?.replace("#", "") ?? "ededed",
    description: fields.description ?? "",
    isDefault: false,
  });
  repository.labels.push(label);
  announce(world, "label.created", { repository, sender: by }, { label: labelBody(world, repository, label) });
  return label;
}

/** Whoever bears the label bears the new name at once, and no timeline tells of it. */
export function editLabel(
  world: World,
  repository: Repository,
  label: Label,
  fields: { newName?: string; color?: string; description?: string },
  by: Account,
): void {
  const changes: Record<string, { from: string }> = {};
  if (fields.newName !== undefined && fields.newName !== label.name) {
    changes.name = { from: label.name };
    label.name = fields.newName;
  }
  if (fields.color !== undefined) {
    changes.color = { from: label.color };
    label.color = fields.color.replace("#", "");
  }
  if (fields.description !== undefined) {
    changes.description = { from: label.description ?? "" };
    label.description = fields.description;
  }
  announce(world, "label.edited", { repository, sender: by }, { label: labelBody(world, repository, label), changes });
}

/** Whoever bore the label bears it no more; `label.deleted` is all that is sure to tell of it. */
export function deleteLabel(world: World, repository: Repository, label: Label, by: Account): void {
  const body = labelBody(world, repository, label);
  repository.labels = repository.labels.filter((other) => other !== label);
  world.nodes.delete(label.nodeId);
  for (const issue of repository.issues.values()) issue.labels.delete(label);
  announce(world, "label.deleted", { repository, sender: by }, { label: body });
}

/** A name nobody used before becomes a new label. */
export function addLabels(world: World, issue: Issue, names: readonly string[], by: Account, viaApp: App | null): void {
  for (const name of names) {
    const label = findLabel(issue.repository, name) ?? createLabel(world, issue.repository, { name }, by);
    if (issue.labels.has(label)) continue;
    issue.labels.add(label);
    recordLabel(world, "labeled", issue, label, by, viaApp);
  }
}

export function removeLabel(world: World, issue: Issue, label: Label, by: Account, viaApp: App | null): void {
  issue.labels.delete(label);
  recordLabel(world, "unlabeled", issue, label, by, viaApp);
}

function recordLabel(
  world: World,
  event: "labeled" | "unlabeled",
  issue: Issue,
  label: Label,
  by: Account,
  viaApp: App | null,
): void {
  addEvent(world, issue, { event, actor: by, viaApp, label, labelName: label.name });
  const scene = { repository: issue.repository, sender: by };
  const body = labelBody(world, issue.repository, label);
  if (isPull(issue)) {
    announce(world, `pull_request.${event}`, scene, {
      number: issue.number,
      pull_request: pullBody(world, issue),
      label: body,
    });
  } else {
    announce(world, `issues.${event}`, scene, { issue: issueBody(world, issue), label: body });
  }
}
