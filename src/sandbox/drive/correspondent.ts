/** What somebody does to issues, and to what pull requests share with them: words, labels, assignees, open or closed. */
import { actionsApp } from "../actions/apps.ts";
import { addAssignees, removeAssignees } from "../actions/assignees.ts";
import { closeIssue, reopenIssue } from "../actions/close.ts";
import { commentOnCommit } from "../actions/commit-comments.ts";
import { deleteIssue, transferIssue } from "../actions/departures.ts";
import { addComment, deleteComment, editComment, openIssue } from "../actions/issues.ts";
import { addLabels, deleteLabel, editLabel, findLabel, removeLabel } from "../actions/labels.ts";
import type { Account } from "../state/accounts.ts";
import type { CloseReason, CommitComment, Issue, IssueComment } from "../state/issues.ts";
import type { Repository } from "../state/repository.ts";
import { findAccount } from "../state/world.ts";
import { Contributor } from "./contributor.ts";

export class Correspondent extends Contributor {
  openIssue(title: string, body = "", labels: string[] = []): Issue {
    return openIssue(this.world, this.repository, { title, body, labels }, this.account, this.viaApp);
  }

  closeIssue(number: number, reason: CloseReason = "completed"): void {
    closeIssue(this.world, this.issue(number), this.account, this.viaApp, reason);
  }

  reopenIssue(number: number): void {
    reopenIssue(this.world, this.issue(number), this.account, this.viaApp);
  }

  /** Takes an issue off GitHub for good. */
  deleteIssue(number: number): void {
    deleteIssue(this.world, this.issue(number), this.account);
  }

  /** @returns the new issue in the other repository */
  transferIssue(number: number, target: Repository): Issue {
    return transferIssue(this.world, this.issue(number), target, this.account);
  }

  /** In the repository's settings; GitHub tells nobody. */
  switchIssuesOff(): void {
    this.repository.hasIssues = false;
  }

  switchIssuesOn(): void {
    this.repository.hasIssues = true;
  }

  assign(number: number, ...logins: string[]): void {
    addAssignees(this.world, this.issue(number), this.#named(logins), this.account, this.viaApp);
  }

  unassign(number: number, ...logins: string[]): void {
    removeAssignees(this.world, this.issue(number), this.#named(logins), this.account, this.viaApp);
  }

  /** On an issue or a pull request. */
  comment(number: number, body: string): IssueComment {
    return addComment(this.world, this.issue(number), body, this.account, this.viaApp);
  }

  commentOnIssue(number: number, body: string): IssueComment {
    return this.comment(number, body);
  }

  commentOnCommit(sha: string, body: string): CommitComment {
    return commentOnCommit(this.world, this.repository, sha, body, this.account);
  }

  editComment(comment: IssueComment, body: string): void {
    editComment(this.world, comment, body, this.account);
  }

  deleteComment(comment: IssueComment): void {
    deleteComment(this.world, comment, this.account);
  }

  label(number: number, ...names: string[]): void {
    addLabels(this.world, this.issue(number), names, this.account, this.viaApp);
  }

  /** A workflow puts the labels on, in the name of `github-actions[bot]`. */
  addLabelAsBot(number: number, ...names: string[]): void {
    const app = actionsApp(this.world);
    addLabels(this.world, this.issue(number), names, app.bot, app);
  }

  unlabel(number: number, name: string): void {
    const label = findLabel(this.repository, name);
    if (label !== undefined) removeLabel(this.world, this.issue(number), label, this.account, this.viaApp);
  }

  renameLabel(name: string, newName: string): void {
    const label = findLabel(this.repository, name);
    if (label === undefined) throw new Error(`no label ${name}`);
    editLabel(this.world, this.repository, label, { newName }, this.account);
  }

  /** Takes a label out of the repository, and so off everything that bears it. */
  deleteLabel(name: string): void {
    const label = findLabel(this.repository, name);
    if (label === undefined) throw new Error(`no label ${name}`);
    deleteLabel(this.world, this.repository, label, this.account);
  }

  issue(number: number): Issue {
    const issue = this.repository.issues.get(number);
    if (issue === undefined) throw new Error(`${this.repository.name} has no issue #${number}`);
    return issue;
  }

  #named(logins: readonly string[]): Account[] {
    return logins.flatMap((login) => findAccount(this.world, login) ?? []);
  }
}
