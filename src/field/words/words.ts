import { en } from './en.ts';
import { zh } from './zh-CN.ts';

export const fieldWords = { zh, en };
