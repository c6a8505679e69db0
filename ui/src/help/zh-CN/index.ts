import { above } from "./above";
import { branch } from "./branch";
import { machine, topics } from "./machine";

export const zhCN = { screens: { ...branch, ...above, ...machine }, topics };
