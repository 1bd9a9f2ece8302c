import { decodeText, refuseFile, type Feature } from './feature.ts';

import type { Ring } from '../../../domain/kernel/geometry.ts';

/**
 * Placemarks with polygons of a KML document. Read by its few elements; a DOCTYPE is refused, so that there are no entities of
 * its own to swell or to reach for other files.
 */
export function readKml(bytes: Uint8Array): Feature[] {
  const text = decodeText(bytes);
  if (!text.includes('<kml')) throw refuseFile('不是 KML 文件', 'This is no KML document');
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw refuseFile('KML 里不允许 DOCTYPE', 'A DOCTYPE is not allowed in KML');
  return elements(text, 'Placemark').map((placemark, index) => {
    const polygons = elements(placemark, 'Polygon').map(polygon => [
      ...elements(polygon, 'outerBoundaryIs').slice(0, 1).flatMap(ringsIn),
      ...elements(polygon, 'innerBoundaryIs').flatMap(ringsIn),
    ]);
    const fields: Record<string, string> = { name: plain(elements(placemark, 'name')[0] ?? '') };
    for (const match of placemark.matchAll(/<Data\s+name="([^"]*)"[^>]*>\s*<value>([\s\S]*?)<\/value>/g))
      fields[plain(match[1] ?? '')] = plain(match[2] ?? '');
    for (const match of placemark.matchAll(/<SimpleData\s+name="([^"]*)"[^>]*>([\s\S]*?)<\/SimpleData>/g))
      fields[plain(match[1] ?? '')] = plain(match[2] ?? '');
    return { row: index + 1, fields, polygons: polygons.length === 0 ? null : polygons };
  });
}

/** Contents of the elements of one name; KML never nests those that are asked for. */
function elements(text: string, name: string): string[] {
  const found: string[] = [];
  const close = `</${name}>`;
  for (let at = 0; ;) {
    const open = text.indexOf(`<${name}`, at);
    if (open < 0) return found;
    const after = text[open + name.length + 1] ?? '';
    const start = text.indexOf('>', open) + 1;
    const end = text.indexOf(close, start);
    if (end < 0) return found;
    if (/[\s>]/.test(after)) {
      found.push(text.slice(start, end));
      at = end + close.length;
    } else at = start;
  }
}

function ringsIn(text: string): Ring[] {
  return elements(text, 'coordinates').map(list =>
    list
      .trim()
      .split(/\s+/)
      .map((triple): readonly [number, number] => {
        const [lng = Number.NaN, lat = Number.NaN] = triple.split(',').map(Number);
        return [lng, lat];
      }),
  );
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(text: string): string {
  return text
    .replaceAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')
    .replaceAll(/&(\w+);/g, (whole, name: string) => named[name] ?? whole)
    .trim();
}

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
