/** What single settings in YAML mean: the next one is one row. */

import type { Strength } from "../../finding.ts";

export interface Row {
  rule: string;
  strength: Strength;
  key: RegExp;
  value: RegExp;
  /** Of the keys above, dotted. */
  within?: RegExp;
  what: string;
}

/** Reported where the change brings them. */
export const weakRows: readonly Row[] = [
  {
    rule: "container_privileged",
    strength: "proven",
    key: /^privileged$/,
    value: /^true$/,
    what: "a container is privileged",
  },
  {
    rule: "container_privileged",
    strength: "likely",
    key: /^allowPrivilegeEscalation$/,
    value: /^true$/,
    what: "a container may gain more rights than it was given",
  },
  {
    rule: "host_shared",
    strength: "proven",
    key: /^host(?:Network|PID|IPC)$/,
    value: /^true$/,
    what: "a container shares the machine's network or processes",
  },
  {
    rule: "host_shared",
    strength: "proven",
    key: /^(?:network_mode|pid|ipc)$/,
    value: /^host$/,
    what: "a container shares the machine's network or processes",
  },
  {
    rule: "host_shared",
    strength: "likely",
    key: /^path$/,
    value: /^\//,
    within: /(?:^|\.)hostPath$/,
    what: "a container sees a folder of the machine",
  },
  {
    rule: "container_runs_as_root",
    strength: "likely",
    key: /^runAsUser$/,
    value: /^0$/,
    what: "a container runs as root",
  },
  {
    rule: "container_runs_as_root",
    strength: "likely",
    key: /^runAsNonRoot$/,
    value: /^false$/,
    what: "a container may run as root",
  },
  {
    rule: "container_runs_as_root",
    strength: "likely",
    key: /^user$/,
    value: /^(?:root|0)(?::.{0,20})?$/,
    within: /^services\.[^.]{1,100}$/,
    what: "a container runs as root",
  },
  {
    rule: "container_privileged",
    strength: "likely",
    key: /^type$/,
    value: /^Unconfined$/,
    within: /seccompProfile$/,
    what: "a container's system calls are no longer filtered",
  },
  {
    rule: "storage_public",
    strength: "proven",
    key: /^AccessControl$/,
    value: /^PublicRead(?:Write)?$/,
    what: "a bucket is public",
  },
  {
    rule: "storage_public",
    strength: "likely",
    key: /^(?:BlockPublicAcls|BlockPublicPolicy|IgnorePublicAcls|RestrictPublicBuckets)$/,
    value: /^false$/,
    what: "a bucket may become public",
  },
  {
    rule: "network_open",
    strength: "likely",
    key: /^CidrIp(?:v6)?$/,
    value: /^(?:0\.0\.0\.0\/0|::\/0)$/,
    within: /Ingress/,
    what: "a port is open to the whole internet",
  },
  {
    rule: "database_public",
    strength: "proven",
    key: /^PubliclyAccessible$/,
    value: /^true$/,
    what: "a database can be reached from the internet",
  },
  {
    rule: "encryption_off",
    strength: "proven",
    key: /^(?:StorageEncrypted|Encrypted|AtRestEncryptionEnabled|TransitEncryptionEnabled)$/,
    value: /^false$/,
    what: "stored data is not encrypted",
  },
  {
    rule: "connection_unprotected",
    strength: "likely",
    key: /^(?:insecureSkipTLSVerify|insecureSkipVerify|insecure_skip_verify|tlsInsecureSkipVerify|skipTLSVerify)$/,
    value: /^true$/,
    what: "certificates are not checked",
  },
];

/** Reported where the change takes them away. */
export const guardRows: readonly Row[] = [
  {
    rule: "container_runs_as_root",
    strength: "likely",
    key: /^runAsNonRoot$/,
    value: /^true$/,
    what: "a container may run as root again",
  },
  {
    rule: "container_privileged",
    strength: "hint",
    key: /^(?:readOnlyRootFilesystem|allowPrivilegeEscalation)$/,
    value: /^(?:true|false)$/,
    what: "a limit of a container was removed",
  },
];
