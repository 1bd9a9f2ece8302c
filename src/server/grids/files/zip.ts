import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

import { limits, refuseFile } from './feature.ts';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const UTF8_NAMES = 0x0800;

/**
 * The files in a zip archive by name. Sizes are checked while unpacking, whatever the archive says of them.
 * Throws a refused file for damaged, encrypted and swollen archives.
 */
export function readZip(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readEntries(bytes, view);
  } catch (error) {
    if (error instanceof RangeError) throw refuseFile('压缩包已损坏', 'The archive is damaged');
    throw error;
  }
}

function readEntries(bytes: Uint8Array, view: DataView): ReadonlyMap<string, Uint8Array> {
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end -= 1;
  if (end < 0) throw refuseFile('压缩包已损坏', 'The archive is damaged');
  const count = view.getUint16(end + 10, true);
  if (count > limits.entries) throw refuseFile('压缩包里的文件太多', 'There are too many files in the archive');
  const files = new Map<string, Uint8Array>();
  let left: number = limits.unpackedBytes;
  for (let entry = 0, at = view.getUint32(end + 16, true); entry < count; entry += 1) {
    if (view.getUint32(at, true) !== CENTRAL) throw refuseFile('压缩包已损坏', 'The archive is damaged');
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder('gb18030').decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const utf8 = (view.getUint16(at + 8, true) & UTF8_NAMES) !== 0;
    const shown = utf8 ? new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)) : name;
    if ((view.getUint16(at + 8, true) & 1) !== 0) throw refuseFile('压缩包有密码', 'The archive is encrypted');
    const unpacked = unpack(bytes, view, at, left);
    left -= unpacked.length;
    files.set(shown, unpacked);
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return files;
}

function unpack(bytes: Uint8Array, view: DataView, central: number, left: number): Uint8Array {
  const method = view.getUint16(central + 10, true);
  const size = view.getUint32(central + 20, true);
  const local = view.getUint32(central + 42, true);
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const packed = bytes.subarray(start, start + size);
  if (method !== 0 && method !== 8) throw refuseFile('压缩方式不支持', 'The archive is packed in an unknown way');
  if (method === 0 && packed.length > left) throw tooLarge();
  try {
    return method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, left) });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    throw code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : refuseFile('压缩包已损坏', 'The archive is damaged');
  }
}

const tooLarge = () =>
  refuseFile(
    `解压后超过 ${limits.unpackedBytes / 1024 / 1024} MB`,
    `Unpacked it is larger than ${limits.unpackedBytes / 1024 / 1024} MB`,
  );

/** A zip archive of some files. Without dates, so that the same files give the same archive. */
export function writeZip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, content] of files) {
    const title = new TextEncoder().encode(name);
    const packed = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(UTF8_NAMES, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(33, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(title.length, 22);
    const local = Buffer.alloc(4);
    local.writeUInt32LE(LOCAL);
    const central = Buffer.alloc(6);
    central.writeUInt32LE(CENTRAL);
    central.writeUInt16LE(20, 4);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(central, common, tail, title);
    parts.push(local, common, title, packed);
    offset += 30 + title.length + packed.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END);
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
