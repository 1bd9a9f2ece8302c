import type { DivisionProblemKind } from '../../domain/grids/checks.ts';
import type { EditRefusal } from '../../domain/grids/edit-rules.ts';
import type { RefusalDetails } from '../../domain/kernel/decision.ts';

export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Why an operation was refused; `{name}` is the grid that stood in the way. */
const refusals: Readonly<Record<EditRefusal, Words>> = {
  'grids.unknown_grid': { zh: '没有这个网格', en: 'No such grid' },
  'grids.not_a_leaf': {
    zh: '“{name}”下面还有网格，请在最下一级操作',
    en: '“{name}” has grids below it; edit the lowest level',
  },
  'grids.line_misses': {
    zh: '没有切到“{name}”，请让线穿过它',
    en: 'The drawing does not cut “{name}”; let it run right through',
  },
  'grids.line_cuts_many': {
    zh: '“{name}”会被分成 {pieces} 块，一次只能分成两块',
    en: '“{name}” would fall into {pieces} pieces; cut it in two at a time',
  },
  'grids.piece_too_small': { zh: '“{name}”会小于 10 平方米', en: '“{name}” would be smaller than 10 m²' },
  'grids.cuts_apart': { zh: '“{name}”会被切成不相连的几块', en: '“{name}” would fall apart' },
  'grids.swallows': { zh: '“{name}”会被完全盖住，请改用合并', en: '“{name}” would vanish under it; merge instead' },
  'grids.not_neighbours': { zh: '所选网格不相邻，不能合并', en: 'The chosen grids are no neighbours' },
  'grids.other_parent': { zh: '所选网格不属于同一个上级', en: 'The chosen grids do not belong together' },
  'grids.no_such_corner': { zh: '这里没有界点', en: 'There is no corner here' },
  'grids.corner_needed': { zh: '这是几个网格的交点，不能删除', en: 'Borders meet in this corner; it cannot go' },
  'grids.town_border': { zh: '一级网格的外边界不能在这里改', en: 'The outer border of the town is not changed here' },
  'grids.would_cross': { zh: '边界会与“{name}”相交或重叠', en: 'Borders would cross or touch at “{name}”' },
  'grids.already_there': { zh: '这个网格已经存在', en: 'This grid is there already' },
  'grids.nothing_changes': { zh: '这一步没有任何改变', en: 'This changes nothing' },
  'grids.codes_used_up': { zh: '编码已用完', en: 'No code is left' },
  'grids.too_deep': { zh: '最多四级', en: 'There are four levels at most' },
};

/** What is wrong with a draft. */
const findings: Readonly<Record<DivisionProblemKind, Words>> = {
  gap: { zh: '这里没有任何网格（空隙）', en: 'No grid covers this place (gap)' },
  hole: { zh: '“{names}”中间有空洞', en: '“{names}” has a hole' },
  overlap: { zh: '网格重叠：{names}', en: 'Grids overlap: {names}' },
  outside: { zh: '“{names}”超出一级网格范围', en: '“{names}” reaches beyond the town' },
  crossing: { zh: '“{names}”的边界自相交或不完整', en: 'The border of “{names}” crosses itself or is incomplete' },
  sliver: { zh: '“{names}”过小或过窄', en: '“{names}” is too small or too narrow' },
  swapped: { zh: '“{names}”的经纬度写反了', en: 'Latitude and longitude of “{names}” are swapped' },
  too_many_corners: { zh: '“{names}”的界点太多（上限 10000）', en: '“{names}” has more than 10,000 corners' },
  in_parts: { zh: '“{names}”的下级网格不相连', en: 'The grids of “{names}” do not hang together' },
  bad_code: { zh: '“{names}”的编码不符合规则', en: 'The code of “{names}” is not of the right form' },
  code_twice: { zh: '编码重复：{names}', en: 'One code stands twice: {names}' },
  no_name: { zh: '有网格没有名称', en: 'A grid has no name' },
  no_responsible: { zh: '“{names}”没有负责人', en: 'Nobody is responsible for “{names}”' },
};

const fill = (words: Words, details: RefusalDetails): Words => {
  const put = (text: string): string => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ''));
  return { zh: put(words.zh), en: put(words.en) };
};

export const refusalWords = (code: EditRefusal, details: RefusalDetails = {}): Words => fill(refusals[code], details);

export const findingWords = (kind: DivisionProblemKind, names: readonly string[]): Words =>
  fill(findings[kind], { names: names.join('、') });
