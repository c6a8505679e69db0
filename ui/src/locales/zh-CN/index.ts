import { calendar, charts, sent, urge } from "./agenda";
import { aidState, cadence, care, houseEvent, occasion, talk, trigger, whom } from "./care";
import { checklist, dispatch } from "./checklist";
import { common } from "./common";
import { alike, decide, decideErrors } from "./decide";
import { device, handover } from "./device";
import { dues } from "./dues";
import { errors } from "./errors";
import { fill, fillErrors } from "./fill";
import { firstUse } from "./first-use";
import { cases, flow, flowField } from "./flow";
import { flowName } from "./flow-name";
import { flowErrors } from "./flow-errors";
import { forget } from "./forget";
import { field, frame, nav } from "./frame";
import { guide, help, keys, looks, reminder, sample } from "./habits";
import { history, recordType } from "./history";
import { recordField } from "./record-field";
import { importField, importing, importIssue, importKind, importOption, importTodo } from "./import";
import { ledger, record } from "./ledger";
import { meeting, roll } from "./meeting";
import { member, post } from "./member";
import { admission, memberEvent, memberFile, mobile, stage, term, transfer } from "./membership";
import { log } from "./log";
import { join, org } from "./org";
import { gap, month } from "./month";
import { order, root } from "./root";
import { deleted, names, past, undo } from "./past";
import { profile } from "./people";
import { roles } from "./roles";
import { offs, rounds } from "./rounds";
import { appraisal, hours, life, matter, plan, tasks, textMerge, twice, twiceOnly, vote } from "./session";
import { check, conflicts, fault, metric, metricDefinition, settings, snapshot, value } from "./snapshot";
import { sheet } from "./sheet";
import { stick } from "./stick";
import { security, unlock } from "./security";
import { book, status, sync } from "./sync";
import { template } from "./template";
import { custody, tree, treeErrors, treeList } from "./tree";
import { due, dueAction, today } from "./today";
import { leaves, trouble } from "./trouble";
import { category, concern, situation, visit } from "./visit";

export const zhCN = {
  common, field, firstUse, frame, nav, today, due, dueAction, visit, meeting, roll, plan, vote, tasks, life, appraisal, hours, matter, twice, twiceOnly, textMerge, dues, checklist, dispatch, member, post, admission, memberEvent, memberFile, mobile, stage, term, transfer, importing, importKind, importField, importIssue, importOption, importTodo, situation, category, concern, status, sync,
  book, org, join, order, root, ledger, record, snapshot, check, fault, metric, metricDefinition, conflicts, value, settings, errors: { ...errors, ...fillErrors, ...decideErrors, ...flowErrors, ...treeErrors },
  fill,
  gap, month, template, history, recordType, recordField, trouble, leaves, profile, log, roles, stick, device, handover, forget, security, unlock,
  aidState, cadence, care, houseEvent, occasion, talk, trigger, whom,
  undo, deleted, past, names, guide, help, keys, looks, reminder, sample,
  sheet,
  calendar, charts, sent, urge,
  alike, decide,
  cases, flow, flowField, flowName,
  tree, treeList, custody,
  offs, rounds,
};
