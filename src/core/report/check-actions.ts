/** The check's buttons, within GitHub's lengths: label and identifier 20 characters, description 40. */

export const recheck = {
  label: "Re-evaluate",
  description: "Read everything again and judge anew",
  identifier: "recheck",
};
