/** The rules over source code: the next one is one entry here, the next way to write it one row of its patterns. */

import type { CodeRule } from "../code-rule.ts";
import * as access from "./access.ts";
import * as browser from "./browser.ts";
import * as cryptography from "./cryptography.ts";
import * as injection from "./injection.ts";
import * as paths from "./paths.ts";
import * as queries from "./queries.ts";
import * as secrecy from "./secrecy.ts";
import * as tokens from "./tokens.ts";
import * as transport from "./transport.ts";

export const codeRules: readonly CodeRule[] = [
  transport.tlsVerificationOff,
  transport.oldTlsAllowed,
  tokens.tokenVerificationOff,
  cryptography.weakHashUsed,
  cryptography.weakCipherUsed,
  cryptography.weakKeyMade,
  secrecy.weakRandomUsed,
  secrecy.keyDerivationWeakened,
  secrecy.algorithmDowngraded,
  secrecy.fixedValueInCipher,
  browser.cookieFlagOff,
  browser.cookieFlagRemoved,
  browser.originsWidened,
  browser.contentPolicyWeakened,
  browser.rawMarkupInserted,
  injection.unsafeDeserialisation,
  injection.codeEvaluated,
  injection.externalEntitiesRead,
  queries.queryBuiltFromText,
  queries.commandBuiltFromText,
  paths.pathGuardRemoved,
  paths.fileNamedByRequest,
  paths.addressNamedByRequest,
  paths.fileModeOpened,
  access.requestForgeryAllowed,
  access.protectionRemoved,
  access.accessCheckRemoved,
  access.accessOpened,
  access.debugModeOn,
  access.accessCodeChanged,
];
