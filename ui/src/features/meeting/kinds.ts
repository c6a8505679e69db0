import type { SessionKind } from "../../api/generated/SessionKind";

export const sessionKinds: readonly SessionKind[] = [
  "members_meeting", "committee_meeting", "group_meeting", "lesson", "theme_day", "organization_life", "appraisal",
];
