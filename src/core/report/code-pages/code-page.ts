/** What is told of a reason code beside its title and what to do. */

export interface CodePage {
  /** What has happened, for somebody who meets it for the first time. Names in back-ticks. */
  means: string;
  /** Who can do something about it; empty where nothing has to be done. */
  who: string;
  /** What to write: part of a policy, of a description or a comment. */
  example?: { language: "yaml" | "markdown"; text: string };
}
