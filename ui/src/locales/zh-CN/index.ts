import { common } from "./common";
import { dues } from "./dues";
import { errors } from "./errors";
import { firstUse } from "./first-use";
import { field, frame, nav } from "./frame";
import { meeting, roll } from "./meeting";
import { status } from "./sync";
import { due, dueAction, today } from "./today";
import { category, concern, situation, visit } from "./visit";

export const zhCN = { common, field, firstUse, frame, nav, today, due, dueAction, visit, meeting, roll, dues, situation, category, concern, status, errors };
