/**
 * Makes data/categories.json from the tables an official can read and edit: data/case-categories.csv (14 classes, 196
 * sub-classes, handbook §5.4) and data/filing-conditions.csv (conditions that replace the default one, limits from §1.6).
 *
 *     node db/seed/make-categories.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { limitUnits } from '../../src/domain/cases/limits.ts';

import type { Limit, LimitUnit } from '../../src/domain/cases/limits.ts';
import type { Urgency } from '../../src/domain/cases/states.ts';
import type { NewCategory } from '../../src/server/cases/index.ts';

type Condition = NewCategory['conditions'][number];
type Row = Readonly<Record<string, string>>;
interface Words {
  readonly zh: string;
  readonly en: string;
}
/** How a class speaks when a sub-class has no conditions of its own. */
interface Style {
  readonly text: (name: Words) => Words;
  readonly close: Words;
}

const found = ({ zh, en }: Words): Words => ({ zh: `发现“${zh}”，现场属实`, en: `${en} found on site` });
const confirmed = ({ zh, en }: Words): Words => ({ zh: `发现“${zh}”，经核实属实`, en: `${en}: checked and confirmed` });
const dispute = ({ zh, en }: Words): Words => ({
  zh: `“${zh}”情况属实，需要调解或引导`,
  en: `${en}: confirmed; mediation or referral needed`,
});
const complaint = ({ zh, en }: Words): Words => ({
  zh: `反映“${zh}”，经了解属实`,
  en: `${en}: borne out by an enquiry`,
});
const request = ({ zh, en }: Words): Words => ({
  zh: `居民提出“${zh}”诉求，情况清楚`,
  en: `${en}: a resident's request, clearly stated`,
});
const emergency = ({ zh, en }: Words): Words => ({
  zh: `发生“${zh}”，地点明确`,
  en: `${en}: reported at a definite place`,
});

/** The 14 classes by the first two digits of the code: name in English, and default words. */
const classes: Readonly<Record<string, Style & { readonly en: string }>> = {
  '01': {
    en: 'Illegal production',
    text: confirmed,
    close: { zh: '违法生产已停止并依法处理', en: 'Production stopped and dealt with by law' },
  },
  '02': {
    en: 'Illegal business',
    text: confirmed,
    close: { zh: '违法经营已停止并依法处理', en: 'Business stopped and dealt with by law' },
  },
  '03': {
    en: 'Illegal construction',
    text: found,
    close: { zh: '违法建设已停止并依法整改', en: 'Construction stopped and put right by law' },
  },
  '04': {
    en: 'Work and fire safety',
    text: found,
    close: { zh: '隐患已消除，现场恢复安全', en: 'Hazard removed; the place is safe' },
  },
  '05': {
    en: 'Petitions and disputes',
    text: dispute,
    close: { zh: '双方达成协议或已引导至法定途径', en: 'The parties agreed or were referred to the lawful procedure' },
  },
  '06': {
    en: 'Grassroots organisation',
    text: complaint,
    close: { zh: '问题已整改或已书面答复', en: 'Put right or answered in writing' },
  },
  '07': {
    en: 'City appearance and sanitation',
    text: found,
    close: { zh: '问题已清理，现场整洁', en: 'Cleared; the place is clean' },
  },
  '08': {
    en: 'Street order and construction sites',
    text: found,
    close: { zh: '问题已纠正，秩序恢复正常', en: 'Corrected; order restored' },
  },
  '09': {
    en: 'Municipal facilities',
    text: found,
    close: { zh: '设施已修复，功能正常', en: 'Repaired and working' },
  },
  '10': {
    en: 'Public services and livelihood',
    text: request,
    close: { zh: '诉求已办理或已书面答复', en: 'Request dealt with or answered in writing' },
  },
  '11': {
    en: 'Public security',
    text: complaint,
    close: {
      zh: '责任部门已依法处置并反馈结果',
      en: 'Dealt with by law by the responsible unit, which reported the result',
    },
  },
  '12': {
    en: 'Environment',
    text: found,
    close: { zh: '污染已停止，现场恢复正常', en: 'Pollution stopped; the place is back to normal' },
  },
  '13': {
    en: 'Agriculture and villages',
    text: found,
    close: { zh: '问题已消除，恢复正常', en: 'Problem removed; back to normal' },
  },
  '14': {
    en: 'Emergencies',
    text: emergency,
    close: { zh: '险情已解除，人员得到救助，秩序恢复', en: 'Danger over; people helped; order restored' },
  },
};

/** Sub-classes that speak like another class than their own. */
const otherStyle: Readonly<Record<string, string>> = { '1111': '09', '1307': '10', '1308': '10', '1309': '10' };

/**
 * Sub-classes whose result a photo proves. Nobody is photographed: services, disputes, persons in need, noise and homes
 * are left out. Sub-classes in filing-conditions.csv say it there.
 */
const photoProves = new Set(
  (
    '0303 0305 0308 0310 0399 0401 0402 0403 0404 0408 0416 0417 0499 ' +
    '0701 0702 0703 0704 0705 0706 0707 0708 0709 0710 0711 0714 0715 0717 0718 0719 0720 0799 ' +
    '0801 0802 0803 0804 0805 0806 0807 0808 0810 0811 0812 0813 0819 0899 ' +
    '1111 1201 1202 1206 1208 1209 1301 1302 1303'
  ).split(' '),
);
const photoReason: Words = {
  zh: '结案核查需要对比处置前后的现场',
  en: 'Checking before closing compares the place before and after',
};
/** Trade in the street: the place is what matters, never the traders. */
const photoReasonTrade: Words = {
  zh: '结案核查需要对比处置前后的现场；只拍场地，不拍人',
  en: 'Checking before closing compares the place before and after; photograph the place, not people',
};
const trade = new Set(['0801', '0802', '0803', '0804', '0805', '0806', '0819']);

/** Which unit of data/units.json leads, by the `lead_now` column; “甲/乙” leads with 甲. */
const unitOfLead: Readonly<Record<string, string>> = {
  市场监管所: 'market_supervision',
  派出所: 'police_station',
  自然资源所: 'natural_resources',
  生态环境所: 'environment',
  应急管理办: 'emergency_office',
  农业农村办: 'agriculture',
  '农业农村办(水务)': 'water_conservancy',
  文旅执法: 'culture_tourism',
  '卫健办/社区卫生服务中心': 'health_service',
  金融办: 'finance_office',
  '教育办(中心校)': 'education',
  交通运输执法: 'transport',
  综合行政执法队: 'law_enforcement',
  住房保障办: 'housing',
  规划建设办: 'planning_construction',
  物业公司: 'property_management',
  消防救援站: 'fire_safety',
  燃气企业: 'gas',
  '村(居)委会': 'residents_committee',
  司法所: 'judicial_office',
  人社服务所: 'labour_security',
  党建办: 'party_office',
  交警中队: 'traffic_police',
  '社会事务办(民政)': 'civil_affairs',
  '纪(工)委': 'discipline_inspection',
  环卫服务中心: 'sanitation',
  园林绿化中心: 'landscaping',
  市政设施服务中心: 'municipal_works',
  排水服务中心: 'drainage',
  供水企业: 'water',
  供热企业: 'heating',
  供电所: 'power',
  照明中心: 'street_lighting',
  通信企业: 'telecom',
  残联: 'disabled_federation',
  '便民(党群)服务中心': 'service_centre',
  '妇联/儿童主任': 'womens_federation',
  退役军人服务站: 'veterans_service',
  '平安法治办(综治中心)': 'public_safety_office',
};

/** Reads a CSV with a heading line; fields may be quoted and hold commas, never line breaks. */
function readCsv(text: string): readonly Row[] {
  const [heading = [], ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map(line =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    );
  return rows.map(row => {
    if (row.length !== heading.length) throw new Error(`wrong number of fields: ${row.join(',')}`);
    return Object.fromEntries(heading.map((name, column) => [name, row[column] ?? '']));
  });
}

function field(row: Row, name: string): string {
  const value = row[name];
  if (value === undefined || value === '') throw new Error(`no ${name} in ${JSON.stringify(row)}`);
  return value;
}

/** Column `unit` holds one of the five units of a limit, nothing else: no conversion is needed. */
function limitOf(row: Row): Limit {
  const unit = field(row, 'unit');
  const n = Number(field(row, 'limit'));
  if (!Object.hasOwn(limitUnits, unit) || !(n > 0)) throw new Error(`not a limit: ${JSON.stringify(row)}`);
  return { n, unit: unit as LimitUnit };
}

function urgencyOf(row: Row, column: string): Urgency {
  const urgency = field(row, column);
  if (urgency !== 'A' && urgency !== 'B' && urgency !== 'C') throw new Error(`not an urgency: ${urgency}`);
  return urgency;
}

const wide = (zh: string): string => zh.replaceAll('(', '（').replaceAll(')', '）');

/** The catalogue from the texts of the two tables. Throws when a class, a unit, a limit or an urgency is unknown. */
function makeCategories(categoriesCsv: string, conditionsCsv: string): readonly NewCategory[] {
  const ownConditions = Map.groupBy(readCsv(conditionsCsv), row => field(row, 'code'));
  const categories = readCsv(categoriesCsv).map((row): NewCategory => {
    const code = field(row, 'code');
    const kind = classes[code.slice(0, 2)];
    const leadUnitCode = unitOfLead[field(row, 'lead_now')];
    if (kind === undefined || leadUnitCode === undefined) throw new Error(`class or unit unknown: ${code}`);
    const style = classes[otherStyle[code] ?? ''] ?? kind;
    const name: Words = { zh: wide(field(row, 'small_zh')), en: field(row, 'small_en') };
    const urgency = urgencyOf(row, 'class');
    const standard: Condition = {
      no: 1,
      text: style.text(name),
      limit: limitOf(row),
      urgency,
      closeText: style.close,
      photoReason: !photoProves.has(code) ? null : trade.has(code) ? photoReasonTrade : photoReason,
    };
    const own = ownConditions.get(code)?.map((condition): Condition => ({
      no: Number(field(condition, 'no')),
      text: { zh: field(condition, 'text_zh'), en: field(condition, 'text_en') },
      limit: limitOf(condition),
      urgency: urgencyOf(condition, 'urgency'),
      closeText: { zh: field(condition, 'close_zh'), en: field(condition, 'close_en') },
      photoReason: field(condition, 'photo') === 'yes' ? photoReason : null,
    }));
    return {
      code,
      className: { zh: field(row, 'big'), en: kind.en },
      name,
      urgency,
      leadUnitCode,
      conditions: own ?? [standard],
    };
  });
  const codes = new Set(categories.map(({ code }) => code));
  const stray = [...ownConditions.keys()].find(code => !codes.has(code));
  if (stray !== undefined) throw new Error(`conditions for ${stray}, which is no sub-class`);
  return categories;
}

const data = new URL('data/', import.meta.url);

/** The text of data/categories.json, one sub-class a line so that a change is easy to review. */
export function categoriesJson(): string {
  const read = (name: string): string => readFileSync(new URL(name, data), 'utf8');
  const categories = makeCategories(read('case-categories.csv'), read('filing-conditions.csv'));
  return `[\n${categories.map(category => `  ${JSON.stringify(category)}`).join(',\n')}\n]\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(new URL('categories.json', data), categoriesJson());
