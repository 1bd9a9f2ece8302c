/** Personal data as shown by default (handbook §1.10); the whole is shown on a reason, and the showing is recorded. */

const doubleSurnames = [
  '欧阳',
  '上官',
  '司马',
  '诸葛',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
  '司徒',
  '夏侯',
  '东方',
  '独孤',
  '长孙',
  '宇文',
];

/** 张三 → 张*, 欧阳娜娜 → 欧阳**, 阿卜杜拉·买买提 → 阿卜杜拉·***, Smith → S****. */
export function maskName(name: string): string {
  const characters = [...name];
  const dot = characters.findIndex(character => character === '·' || character === ' ');
  const shown = dot > 0 ? dot + 1 : doubleSurnames.some(surname => name.startsWith(surname)) ? 2 : 1;
  return characters.map((character, index) => (index < shown ? character : '*')).join('');
}

/** 13812345678 → 138****5678; of anything shorter only the last two digits. */
export function maskPhone(phone: string): string {
  const digits = [...phone];
  if (digits.length >= 11) return [...digits.slice(0, 3), '****', ...digits.slice(-4)].join('');
  return `${'*'.repeat(Math.max(0, digits.length - 2))}${digits.slice(-2).join('')}`;
}
