/** GitHub Apps, where they are installed, their tokens and the webhooks sent to them. */
import type { KeyObject } from "node:crypto";
import type { Account } from "./accounts.ts";

export type Access = "read" | "write";
export type AppPermissions = Record<string, Access>;

export interface App {
  id: number;
  nodeId: string;
  slug: string;
  name: string;
  owner: Account;
  bot: Account;
  /** Null for GitHub's own Apps, which never ask for tokens here. */
  publicKey: KeyObject | null;
  clientId: string;
  webhookSecret: string | null;
  hookUrl: string | null;
  permissions: AppPermissions;
  events: string[];
  createdAt: Date;
  installations: Installation[];
}

export interface Installation {
  id: number;
  nodeId: string;
  app: App;
  account: Account;
  permissions: AppPermissions;
  events: string[];
  /** Ids of the chosen repositories; null for all. */
  repositoryIds: Set<number> | null;
  createdAt: Date;
  suspendedAt: Date | null;
}

export interface InstallationToken {
  token: string;
  installation: Installation;
  permissions: AppPermissions;
  repositoryIds: Set<number> | null;
  expiresAt: Date;
}

export interface Delivery {
  id: number;
  guid: string;
  app: App;
  installationId: number | null;
  repositoryId: number | null;
  event: string;
  action: string | null;
  body: string;
  headers: Record<string, string>;
  isRedelivery: boolean;
  deliveredAt: Date;
  /** Seconds. */
  duration: number;
  status: string;
  statusCode: number;
  response: { headers: Record<string, string>; payload: string };
}
