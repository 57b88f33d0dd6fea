/** Why a check could not be judged, where the fault is not ours. */
export const githubOutage = "GitHub did not answer as it should";
