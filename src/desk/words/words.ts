import { enCase } from './en-case.ts';
import { en as enApp } from './en.ts';
import { enSecurity } from './en-security.ts';
import { zhSecurity } from './zh-CN-security.ts';
import { zhCase } from './zh-CN-case.ts';
import { zh as zhApp } from './zh-CN.ts';

import type { Dictionary } from '../../browser/i18n/use-words.ts';

const zh = { ...zhApp, ...zhCase, ...zhSecurity };

/** All words of the desk app; Chinese is the source. */
export const words: Dictionary<typeof zh> = { zh, en: { ...enApp, ...enCase, ...enSecurity } };
