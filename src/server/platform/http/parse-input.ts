import { ProblemError } from '../problem.ts';

import type { Locale } from '../../../contracts/problems.ts';
import type { FieldError } from '../problem.ts';
import type * as z from 'zod/mini';

type Issue = z.core.$ZodIssue;

/** One sentence for each way in which a value can miss its schema. */
const sentences: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  zh: {
    'text.control_characters': '含有无法保存的字符',
    'text.too_short': '不能为空',
    'text.too_long': '太长',
    invalid_type: '缺少或类型不对',
    too_big: '超出上限',
    too_small: '低于下限',
    invalid_format: '格式不对',
    invalid_value: '不是允许的取值',
    invalid_union: '不是允许的形式',
    unrecognized_keys: '含有不认识的字段',
    other: '内容不对',
  },
  en: {
    'text.control_characters': 'holds characters that cannot be stored',
    'text.too_short': 'must not be empty',
    'text.too_long': 'is too long',
    invalid_type: 'is missing or of the wrong type',
    too_big: 'is above the limit',
    too_small: 'is below the limit',
    invalid_format: 'has the wrong form',
    invalid_value: 'is not one of the allowed values',
    invalid_union: 'has none of the allowed forms',
    unrecognized_keys: 'has unknown fields',
    other: 'is not valid',
  },
};

function fieldError(part: string, issue: Issue, locale: Locale): FieldError {
  const words = sentences[locale];
  const path = [part, ...issue.path.map(String)].join('.');
  return { path, message: words[issue.message] ?? words[issue.code] ?? words['other'] ?? '' };
}

/** Parses one part of a request; throws `platform.invalid_input` with every field that is wrong. */
export function parsePart(schema: z.ZodMiniType | undefined, part: string, value: unknown, locale: Locale): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.slice(0, 20).map(issue => fieldError(part, issue, locale));
  const where = fields.map(({ path, message }) => `${path} ${message}`).join(locale === 'zh' ? '；' : '; ');
  throw new ProblemError('platform.invalid_input', { where }, fields);
}
