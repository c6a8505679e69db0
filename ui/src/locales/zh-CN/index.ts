import { common } from "./common";
import { errors } from "./errors";
import { firstUse } from "./first-use";
import { field, frame, nav } from "./frame";
import { status } from "./sync";
import { due, dueAction, today } from "./today";
import { category, concern, situation, visit } from "./visit";

export const zhCN = { common, field, firstUse, frame, nav, today, due, dueAction, visit, situation, category, concern, status, errors };
