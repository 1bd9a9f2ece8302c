import { decodeText, refuseFile, type Feature } from './feature.ts';

/** Rows of a CSV list (RFC 4180; comma, semicolon or tab), its first row the names of the columns. */
export function readCsv(bytes: Uint8Array): Feature[] {
  const text = decodeText(bytes).replace(/^\uFEFF/, '');
  const [first = ''] = text.split('\n', 1);
  const comma = [',', '\t', ';'].toSorted((a, b) => first.split(b).length - first.split(a).length)[0] ?? ',';
  const [head, ...rows] = splitRows(text, comma).filter(row => row.some(cell => cell.trim() !== ''));
  if (head === undefined || rows.length === 0) throw refuseFile('表格里没有数据', 'The list is empty');
  const names = head.map(name => name.trim());
  return rows.map((row, index) => ({
    row: index + 2,
    fields: Object.fromEntries(names.map((name, column) => [name, (row[column] ?? '').trim()])),
    polygons: null,
  }));
}

function splitRows(text: string, comma: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (quoted && letter === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (!quoted && letter === comma) endCell();
    else if (!quoted && letter === '\n') {
      endCell();
      rows.push([]);
    } else if (quoted || letter !== '\r') cell += letter;
  }
  if (quoted) throw refuseFile('表格有引号没有闭合', 'A quotation mark is never closed');
  endCell();
  return rows;
}

/** A cell that a spreadsheet shows and never runs: what begins like a formula gets an apostrophe. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
