import { checkSize, refuseFile, type Feature } from './feature.ts';
import { readCsv } from './csv.ts';
import { readGeoJson } from './geojson.ts';
import { readKml } from './kml.ts';
import { readShapefile } from './shapefile.ts';

/** Reads a file by what it is, not by its name. Throws `grids.file_refused` with the reason. */
export function readFeatures(bytes: Uint8Array): readonly Feature[] {
  if (bytes.length === 0) throw refuseFile('文件是空的', 'The file is empty');
  const [first, second] = bytes;
  if (first === 0x50 && second === 0x4b) return checkSize(readShapefile(bytes));
  const start = new TextDecoder('latin1')
    .decode(bytes.subarray(0, 2000))
    .replace(/^[^\x20-\x7e\r\n\t]+/, '')
    .trimStart();
  if (start.startsWith('{')) return checkSize(readGeoJson(bytes));
  if (start.startsWith('<')) return checkSize(readKml(bytes));
  return checkSize(readCsv(bytes));
}
