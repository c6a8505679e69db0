import { checklist, dispatch } from "./checklist";
import { common } from "./common";
import { dues } from "./dues";
import { errors } from "./errors";
import { firstUse } from "./first-use";
import { field, frame, nav } from "./frame";
import { importField, importing, importIssue, importKind } from "./import";
import { meeting, roll } from "./meeting";
import { member, post } from "./member";
import { status } from "./sync";
import { due, dueAction, today } from "./today";
import { category, concern, situation, visit } from "./visit";

export const zhCN = { common, field, firstUse, frame, nav, today, due, dueAction, visit, meeting, roll, dues, checklist, dispatch, member, post, importing, importKind, importField, importIssue, situation, category, concern, status, errors };
