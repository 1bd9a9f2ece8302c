import { enCase } from './en-case.ts';
import { en as enApp } from './en.ts';
import { zhCase } from './zh-CN-case.ts';
import { zh as zhApp } from './zh-CN.ts';

import type { Dictionary } from '../../browser/i18n/use-words.ts';

const zh = { ...zhApp, ...zhCase };

/** All words of the desk app; Chinese is the source. */
export const words: Dictionary<typeof zh> = { zh, en: { ...enApp, ...enCase } };
