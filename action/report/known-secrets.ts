/** Values in the step's own environment that are secret: a file that a step wrote holds them as they are, the runner's masks do not reach it. */

import { endsLikeSecret } from "../../src/core/findings/security/secrets/assigned-secret.ts";

export function secretsOf(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    const isSecret = endsLikeSecret(name.slice(-60)) && !/^(?:OLD)?PWD$/.test(name);
    return isSecret && value !== undefined && value.length >= 8 ? [value] : [];
  });
}
