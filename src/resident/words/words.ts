import { en } from './en.ts';
import { zh } from './zh-CN.ts';

export const residentWords = { zh, en };
export type ResidentWords = typeof zh;
