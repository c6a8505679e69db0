import * as above from "./above.mjs";
import * as branch from "./branch.mjs";
import * as forget from "./forget.mjs";
import * as habits from "./habits.mjs";
import * as conflicts from "./conflicts.mjs";
import * as care from "./care.mjs";
import * as fill from "./fill.mjs";
import * as flow from "./flow.mjs";
import * as frame from "./frame.mjs";
import * as members from "./members.mjs";
import * as meeting from "./meeting.mjs";
import * as decide from "./decide.mjs";
import * as devices from "./devices.mjs";
import * as dues from "./dues.mjs";
import * as importing from "./importing.mjs";
import * as security from "./security.mjs";
import * as month from "./month.mjs";
import * as past from "./past.mjs";
import * as people from "./people.mjs";
import * as root from "./root.mjs";
import * as rounds from "./rounds.mjs";
import * as session from "./session.mjs";
import * as sheets from "./sheets.mjs";
import * as stick from "./stick.mjs";
import * as tree from "./tree.mjs";
import * as trust from "./trust.mjs";
import * as visit from "./visit.mjs";

/** Every call of the table, by its name. */
export const handlers = {
  ...rounds.handlers,
  ...fill.handlers,
  ...flow.handlers,
  ...frame.handlers,
  ...conflicts.handlers,
  ...branch.handlers,
  ...visit.handlers,
  ...care.handlers,
  ...meeting.handlers,
  ...session.handlers,
  ...members.handlers,
  ...dues.handlers,
  ...importing.handlers,
  ...above.handlers,
  ...month.handlers,
  ...decide.handlers,
  ...past.handlers,
  ...people.handlers,
  ...devices.handlers,
  ...root.handlers,
  ...sheets.handlers,
  ...stick.handlers,
  ...tree.handlers,
  ...trust.handlers,
  ...forget.handlers,
  ...security.handlers,
  ...habits.handlers,
};
