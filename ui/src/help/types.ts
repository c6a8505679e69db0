/** What to do when something is so. */
export interface When {
  when: string;
  answer: string;
}

/** One page of help. Everything in it is shown as text; nothing is fetched. */
export interface HelpPage {
  title: string;
  /** What this screen is, in a sentence or two. */
  what: string;
  /** The three things that are done here. */
  doing: readonly [string, string, string];
  /** What leaves this computer, and to whom. */
  leaves: string;
  when: readonly When[];
  /** Ids of other pages. */
  see?: readonly string[];
}

export type HelpPages = Readonly<Record<string, HelpPage>>;
