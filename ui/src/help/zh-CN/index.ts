import { above } from "./above";
import { branch } from "./branch";
import { machine, topics } from "./machine";
import { rounds } from "./rounds";

export const zhCN = { screens: { ...branch, ...above, ...machine, ...rounds }, topics };
