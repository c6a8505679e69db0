import { createHashHistory, createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { NotFound } from "./NotFound";
import { Shell } from "./Shell";

export interface Search {
  /** Words to look for, when a list is opened from the search. */
  text?: string;
  tab?: string;
  id?: string;
  /** The session that something is about. */
  session?: string;
  office?: string;
  ledger?: string;
  month?: number;
  /** The round table of the evening that a new visit belongs to. */
  table?: string;
  /** The household or member whom a new record is about. */
  subject?: string;
  /** The draft that a dialog goes on with. */
  draft?: string;
}

function validateSearch(raw: Record<string, unknown>): Search {
  const search: Search = {};
  for (const name of ["text", "tab", "id", "session", "office", "ledger", "table", "subject", "draft"] as const) {
    const value = raw[name];
    if (value !== undefined && value !== "") search[name] = String(value);
  }
  if (Number.isInteger(Number(raw["month"])) && raw["month"] !== undefined) search.month = Number(raw["month"]);
  return search;
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, validateSearch });

const today = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("../features/today"), "TodayScreen"),
});
const visits = createRoute({
  getParentRoute: () => root,
  path: "/visits",
  component: lazyRouteComponent(() => import("../features/visit"), "VisitsScreen"),
});
const visit = createRoute({
  getParentRoute: () => root,
  path: "/visit",
  component: lazyRouteComponent(() => import("../features/visit"), "VisitScreen"),
});
const handIn = createRoute({
  getParentRoute: () => root,
  path: "/hand-in",
  component: lazyRouteComponent(() => import("../features/visit"), "HandInScreen"),
});
const household = createRoute({
  getParentRoute: () => root,
  path: "/household",
  component: lazyRouteComponent(() => import("../features/visit"), "HouseholdScreen"),
});
const concernsBelow = createRoute({
  getParentRoute: () => root,
  path: "/concerns",
  component: lazyRouteComponent(() => import("../features/cases"), "CasesScreen"),
});
const meetings = createRoute({
  getParentRoute: () => root,
  path: "/meetings",
  component: lazyRouteComponent(() => import("../features/meeting"), "MeetingsScreen"),
});
const meeting = createRoute({
  getParentRoute: () => root,
  path: "/meeting",
  component: lazyRouteComponent(() => import("../features/meeting"), "MeetingScreen"),
});
const roll = createRoute({
  getParentRoute: () => root,
  path: "/roll",
  component: lazyRouteComponent(() => import("../features/meeting"), "RollScreen"),
});
const meetingPlan = createRoute({
  getParentRoute: () => root,
  path: "/meeting-plan",
  component: lazyRouteComponent(() => import("../features/meeting"), "PlanScreen"),
});
const training = createRoute({
  getParentRoute: () => root,
  path: "/training",
  component: lazyRouteComponent(() => import("../features/meeting"), "TrainingScreen"),
});
const appraisal = createRoute({
  getParentRoute: () => root,
  path: "/appraisal",
  component: lazyRouteComponent(() => import("../features/meeting"), "AppraisalScreen"),
});
const matters = createRoute({
  getParentRoute: () => root,
  path: "/matters",
  component: lazyRouteComponent(() => import("../features/meeting"), "MattersScreen"),
});
const matter = createRoute({
  getParentRoute: () => root,
  path: "/matter",
  component: lazyRouteComponent(() => import("../features/meeting"), "MatterScreen"),
});
const vote = createRoute({
  getParentRoute: () => root,
  path: "/vote",
  component: lazyRouteComponent(() => import("../features/meeting"), "VoteScreen"),
});
const dues = createRoute({
  getParentRoute: () => root,
  path: "/dues",
  component: lazyRouteComponent(() => import("../features/dues"), "DuesScreen"),
});
const rules = createRoute({
  getParentRoute: () => root,
  path: "/rules",
  component: lazyRouteComponent(() => import("../features/dues"), "RulesScreen"),
});
const checklists = createRoute({
  getParentRoute: () => root,
  path: "/checklists",
  component: lazyRouteComponent(() => import("../features/checklist"), "ChecklistsScreen"),
});
const item = createRoute({
  getParentRoute: () => root,
  path: "/item",
  component: lazyRouteComponent(() => import("../features/checklist"), "ItemScreen"),
});
const dispatch = createRoute({
  getParentRoute: () => root,
  path: "/dispatch",
  component: lazyRouteComponent(() => import("../features/checklist"), "DispatchScreen"),
});
const members = createRoute({
  getParentRoute: () => root,
  path: "/members",
  component: lazyRouteComponent(() => import("../features/member"), "MembersScreen"),
});
const member = createRoute({
  getParentRoute: () => root,
  path: "/member",
  component: lazyRouteComponent(() => import("../features/member"), "MemberScreen"),
});
const applicant = createRoute({
  getParentRoute: () => root,
  path: "/applicant",
  component: lazyRouteComponent(() => import("../features/member"), "ApplicantScreen"),
});
// What was a page of its own is a part of 待我决定.
const cases = createRoute({
  getParentRoute: () => root,
  path: "/cases",
  beforeLoad: () => { throw redirect({ to: "/decide", replace: true }); },
});
const flows = createRoute({
  getParentRoute: () => root,
  path: "/flows",
  component: lazyRouteComponent(() => import("../features/flow"), "FlowsScreen"),
});
const flow = createRoute({
  getParentRoute: () => root,
  path: "/flow",
  component: lazyRouteComponent(() => import("../features/flow"), "FlowScreen"),
});
// The same page; cases stand under 诉求 in the menu.
const caseOf = createRoute({
  getParentRoute: () => root,
  path: "/case",
  component: lazyRouteComponent(() => import("../features/flow"), "FlowScreen"),
});
const help = createRoute({
  getParentRoute: () => root,
  path: "/help",
  component: lazyRouteComponent(() => import("../features/help"), "HelpScreen"),
});
const importing = createRoute({
  getParentRoute: () => root,
  path: "/import",
  component: lazyRouteComponent(() => import("../features/import"), "ImportScreen"),
});
const sync = createRoute({
  getParentRoute: () => root,
  path: "/sync",
  component: lazyRouteComponent(() => import("../features/sync"), "SyncScreen"),
});
const joining = createRoute({
  getParentRoute: () => root,
  path: "/join",
  component: lazyRouteComponent(() => import("../features/org"), "JoinScreen"),
});
const org = createRoute({
  getParentRoute: () => root,
  path: "/org",
  component: lazyRouteComponent(() => import("../features/org"), "OrgScreen"),
});
const rootDevices = createRoute({
  getParentRoute: () => root,
  path: "/root",
  component: lazyRouteComponent(() => import("../features/root"), "RootScreen"),
});
const matrix = createRoute({
  getParentRoute: () => root,
  path: "/matrix",
  component: lazyRouteComponent(() => import("../features/ledger"), "MatrixScreen"),
});
const merged = createRoute({
  getParentRoute: () => root,
  path: "/merged",
  component: lazyRouteComponent(() => import("../features/ledger"), "MergedScreen"),
});
const alike = createRoute({
  getParentRoute: () => root,
  path: "/alike",
  component: lazyRouteComponent(() => import("../features/alike"), "AlikeScreen"),
});
const snapshots = createRoute({
  getParentRoute: () => root,
  path: "/snapshots",
  component: lazyRouteComponent(() => import("../features/snapshot"), "SnapshotsScreen"),
});
const snapshot = createRoute({
  getParentRoute: () => root,
  path: "/snapshot",
  component: lazyRouteComponent(() => import("../features/snapshot"), "SnapshotScreen"),
});
const templates = createRoute({
  getParentRoute: () => root,
  path: "/templates",
  component: lazyRouteComponent(() => import("../features/checklist"), "TemplatesScreen"),
});
const month = createRoute({
  getParentRoute: () => root,
  path: "/month",
  component: lazyRouteComponent(() => import("../features/month"), "MonthScreen"),
});
const year = createRoute({
  getParentRoute: () => root,
  path: "/year",
  component: lazyRouteComponent(() => import("../features/month"), "YearScreen"),
});
const decide = createRoute({
  getParentRoute: () => root,
  path: "/decide",
  component: lazyRouteComponent(() => import("../features/decide"), "DecideScreen"),
});
const submission = createRoute({
  getParentRoute: () => root,
  path: "/submission",
  component: lazyRouteComponent(() => import("../features/month"), "SubmissionScreen"),
});
const conflicts = createRoute({
  getParentRoute: () => root,
  path: "/conflicts",
  component: lazyRouteComponent(() => import("../features/conflict"), "ConflictsScreen"),
});
const leaves = createRoute({
  getParentRoute: () => root,
  path: "/leaves",
  component: lazyRouteComponent(() => import("../features/leaves"), "LeavesScreen"),
});
const devices = createRoute({
  getParentRoute: () => root,
  path: "/devices",
  component: lazyRouteComponent(() => import("../features/device"), "DevicesScreen"),
});
const handover = createRoute({
  getParentRoute: () => root,
  path: "/handover",
  component: lazyRouteComponent(() => import("../features/sheet"), "HandoverScreen"),
});
const sheets = createRoute({
  getParentRoute: () => root,
  path: "/sheets",
  component: lazyRouteComponent(() => import("../features/sheet"), "SheetsScreen"),
});
const security = createRoute({
  getParentRoute: () => root,
  path: "/security",
  component: lazyRouteComponent(() => import("../features/security"), "SecurityScreen"),
});
const tree = createRoute({
  getParentRoute: () => root,
  path: "/tree",
  component: lazyRouteComponent(() => import("../features/tree"), "TreeScreen"),
});
const takeOver = createRoute({
  getParentRoute: () => root,
  path: "/take-over",
  component: lazyRouteComponent(() => import("../features/tree"), "TakeOverScreen"),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("../features/settings"), "SettingsScreen"),
});

const log = createRoute({
  getParentRoute: () => root,
  path: "/log",
  component: lazyRouteComponent(() => import("../features/log"), "LogScreen"),
});
const roles = createRoute({
  getParentRoute: () => root,
  path: "/roles",
  component: lazyRouteComponent(() => import("../features/roles"), "RolesScreen"),
});
const forms = createRoute({
  getParentRoute: () => root,
  path: "/templates-xlsx",
  component: lazyRouteComponent(() => import("../features/fill"), "FormsScreen"),
});

const deleted = createRoute({
  getParentRoute: () => root,
  path: "/deleted",
  component: lazyRouteComponent(() => import("../features/past"), "DeletedScreen"),
});
const past = createRoute({
  getParentRoute: () => root,
  path: "/past",
  component: lazyRouteComponent(() => import("../features/past"), "PastScreen"),
});

const interviews = createRoute({
  getParentRoute: () => root,
  path: "/interviews",
  component: lazyRouteComponent(() => import("../features/rounds"), "InterviewsScreen"),
});
const commonProblems = createRoute({
  getParentRoute: () => root,
  path: "/common",
  component: lazyRouteComponent(() => import("../features/rounds"), "CommonScreen"),
});
const weakBranches = createRoute({
  getParentRoute: () => root,
  path: "/weak",
  component: lazyRouteComponent(() => import("../features/rounds"), "WeakScreen"),
});
const sentLists = createRoute({
  getParentRoute: () => root,
  path: "/lists",
  component: lazyRouteComponent(() => import("../features/rounds"), "ListsScreen"),
});
const projects = createRoute({
  getParentRoute: () => root,
  path: "/projects",
  component: lazyRouteComponent(() => import("../features/rounds"), "ProjectsScreen"),
});
const letters = createRoute({
  getParentRoute: () => root,
  path: "/letters",
  component: lazyRouteComponent(() => import("../features/rounds"), "LettersScreen"),
});
const calendar = createRoute({
  getParentRoute: () => root,
  path: "/calendar",
  component: lazyRouteComponent(() => import("../features/calendar"), "CalendarScreen"),
});
const charts = createRoute({
  getParentRoute: () => root,
  path: "/charts",
  component: lazyRouteComponent(() => import("../features/charts"), "ChartsScreen"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    today, visits, visit, handIn, meetings, meeting, roll, meetingPlan, training, appraisal, matters, matter, vote, dues, checklists, item, dispatch, members, member, importing, sync, leaves, joining, org, rootDevices, matrix, merged, snapshots, snapshot, conflicts, devices, handover, security, settings, log, roles, rules, household, concernsBelow, applicant, cases, templates, month, year, decide, submission, help, tree, takeOver,
    deleted, past,
    alike,
    calendar, charts,
    forms,
    sheets,
    flows, flow, caseOf,
    interviews, commonProblems, weakBranches, sentLists, projects, letters,
  ]),
  // The same page works under the window's own scheme and under a plain file server.
  history: createHashHistory(),
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
