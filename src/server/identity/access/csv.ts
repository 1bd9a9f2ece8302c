import { accessKinds, accessResults } from '../../../domain/identity/access-record.ts';
import { toLocal } from '../../../domain/kernel/time.ts';

import type { Zone } from '../../../domain/kernel/time.ts';
import type { AccessRow } from './read.ts';

const heads = {
  zh: [
    '时间',
    '用户名',
    '姓名',
    '操作',
    '对象',
    '对象编号',
    '结果',
    '原因',
    '来源地址',
    '设备',
    '详情',
    '链',
    '序号',
    '哈希',
  ],
  en: [
    'Time',
    'User name',
    'Name',
    'What',
    'Object',
    'Object id',
    'Result',
    'Problem',
    'From',
    'Device',
    'Details',
    'Chain',
    'No',
    'Hash',
  ],
} as const;

/** A spreadsheet runs what begins like a formula: such text is marked as text. */
const cell = (value: string | number | null): string => {
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** The entries as a table for spreadsheets: UTF-8 with the mark by which Excel knows it. */
export function toCsv(rows: readonly AccessRow[], locale: 'zh' | 'en', zone: Zone): Uint8Array {
  const lines = rows.map(row =>
    [
      toLocal(row.at, zone),
      row.login_name,
      row.name,
      accessKinds[row.what][locale],
      row.object_name ?? row.object_kind,
      row.object_id,
      accessResults[row.result][locale],
      row.problem,
      row.ip,
      row.user_agent,
      row.details === '{}' ? '' : row.details,
      row.chain,
      row.seq,
      row.hash,
    ]
      .map(cell)
      .join(','),
  );
  return new TextEncoder().encode(`\uFEFF${[heads[locale].join(','), ...lines].join('\r\n')}\r\n`);
}
