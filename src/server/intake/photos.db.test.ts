import { randomBytes, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openApp } from '../../../test/helpers/app.ts';
import { readProblem } from '../../../test/helpers/client.ts';
import { photoBytes, reportBody, reportCase } from '../../../test/helpers/journey.ts';
import { bombPng, phonePicture } from '../../../test/helpers/pictures.ts';
import { readCase } from '../../contracts/cases.ts';
import { readPhoto, report, uploadPhoto } from '../../contracts/intake.ts';

import type { TestApp } from '../../../test/helpers/app.ts';
import type { ProblemCode } from '../../contracts/problems.ts';

let app: TestApp;
beforeAll(async () => (app = await openApp()));
afterAll(() => app.close());

const bytesOf = (buffer: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);

const put = (bytes: Uint8Array, id: string = randomUUID(), type = 'image/jpeg') =>
  app.anybody.ok(uploadPhoto, { params: { id }, raw: bytesOf(bytes), headers: { 'content-type': type } });

const refuse = (code: ProblemCode, bytes: Uint8Array, id: string = randomUUID(), language?: string) =>
  app.anybody.refused(uploadPhoto, code, {
    params: { id },
    raw: bytesOf(bytes),
    headers: { 'content-type': 'image/jpeg' },
    ...(language === undefined ? {} : { language }),
  });

/** Sends a picture, reports with it and loads it back as the desk sees it. */
async function throughTheDesk(bytes: Uint8Array): Promise<{ full: Buffer; thumb: Buffer; width: number }> {
  const { id } = await put(bytes);
  const { caseId } = await reportCase(app, { photos: [id] });
  const { attachments } = await (await app.as('zhihui')).ok(readCase, { params: { id: caseId } });
  const [photo] = attachments;
  if (photo === undefined) throw new Error('the photo was lost');
  const load = async (address: string): Promise<Buffer> => {
    const response = await fetch(app.url + address);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    return Buffer.from(await response.arrayBuffer());
  };
  return { full: await load(photo.url), thumb: await load(photo.thumbUrl), width: photo.width };
}

describe('what is kept of a photo', () => {
  test('nothing of who took it, where and with what, and it stands upright', async () => {
    const original = await phonePicture(400, 300, 6);
    expect(original.includes('SECRET-OWNER')).toBe(true);
    expect((await sharp(original).metadata()).exif).toBeDefined();
    const { full, thumb } = await throughTheDesk(original);
    for (const kept of [full, thumb]) {
      const { exif, xmp, iptc, orientation, format } = await sharp(kept).metadata();
      expect({ exif, xmp, iptc, orientation, format }).toEqual({ format: 'jpeg' });
      expect(kept.includes('SECRET')).toBe(false);
      expect(kept.includes('Exif')).toBe(false);
    }
    // Held on its side: 400 × 300 of the sensor are 300 × 400 for people.
    expect(await sharp(full).metadata()).toMatchObject({ width: 300, height: 400 });
  });

  test('at most 1920 pixels on the longer side, and 320 of the thumbnail; small ones stay as they are', async () => {
    const large = await throughTheDesk(await phonePicture(4000, 3000));
    expect(await sharp(large.full).metadata()).toMatchObject({ width: 1920, height: 1440 });
    expect(await sharp(large.thumb).metadata()).toMatchObject({ width: 320, height: 240 });
    const small = await throughTheDesk(await phonePicture(90, 120));
    expect(await sharp(small.full).metadata()).toMatchObject({ width: 90, height: 120 });
  });

  test('PNG with transparency and WebP become JPEG', async () => {
    const clear = sharp({ create: { width: 50, height: 50, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } });
    const { full } = await throughTheDesk(await clear.clone().png().toBuffer());
    const { data } = await sharp(full).raw().toBuffer({ resolveWithObject: true });
    expect(data[0]).toBeGreaterThan(250);
    await throughTheDesk(await clear.webp().toBuffer());
  });

  test('whatever the type is said to be, the bytes decide', async () => {
    await put(await phonePicture(20, 20), randomUUID(), 'application/octet-stream');
    await put(await phonePicture(20, 20), randomUUID(), 'text/plain');
  });
});

describe('what is no photo', () => {
  test.each([
    ['a text file named .jpg', Buffer.from('这不是照片，只是改了名字的文本文件。'), 'files.not_an_image'],
    ['nothing at all', Buffer.alloc(0), 'files.not_an_image'],
    ['a GIF', Buffer.from('GIF89a\u0001\u0000\u0001\u0000', 'latin1'), 'files.not_an_image'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'files.not_an_image'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'files.not_an_image'],
    ['the first bytes of a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'files.unreadable_image'],
    [
      'noise behind a JPEG’s first bytes',
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), randomBytes(5000)]),
      'files.unreadable_image',
    ],
    ['a picture of 60,000 × 60,000 in a few hundred bytes', bombPng(60_000, 60_000), 'files.unreadable_image'],
    ['a picture whose rows are missing', bombPng(5000, 5000), 'files.unreadable_image'],
  ] as const)('%s', async (_what, bytes, code) => {
    await refuse(code, bytes);
  });

  test('a JPEG that ends in the middle', async () => {
    const whole = await photoBytes(600, 400);
    await refuse('files.unreadable_image', whole.subarray(0, whole.length / 2));
  });

  test('is said in the language of the person', async () => {
    expect((await refuse('files.not_an_image', Buffer.from('text'))).title).toContain('不是照片');
    expect((await refuse('files.not_an_image', Buffer.from('text'), randomUUID(), 'en-GB')).title).toContain(
      'not a photo',
    );
  });

  test('leaves nothing behind', async () => {
    const files = path.join(app.dataFolder, 'files');
    const before = (await readdir(files, { recursive: true })).length;
    await refuse('files.unreadable_image', Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
    expect((await readdir(files, { recursive: true })).length).toBe(before);
  });
});

describe('20 megabytes', () => {
  const big = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), randomBytes(20 * 1024 * 1024)]);

  test('are refused by their announced length', async () => {
    const problem = await refuse('files.too_large', big);
    expect(problem.details).toEqual({ limit: '15 MB' });
  });

  test('are refused as they come, when no length was announced', async () => {
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let from = 0; from < big.length; from += 1024 * 1024)
          controller.enqueue(big.subarray(from, from + 1024 * 1024));
        controller.close();
      },
    });
    const response = await app.anybody.send(uploadPhoto, {
      params: { id: randomUUID() },
      raw: pieces,
      headers: { 'content-type': 'image/jpeg' },
    });
    expect((await readProblem(response)).code).toBe('files.too_large');
  });
});

describe('an upload sent again', () => {
  test('with the same bytes gets the same answer, one after the other and at once', async () => {
    const bytes = await photoBytes();
    const id = randomUUID();
    const first = await put(bytes, id);
    expect(await put(bytes, id)).toEqual(first);
    const other = randomUUID();
    const answers = await Promise.all(Array.from({ length: 6 }, () => put(bytes, other)));
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1);
  });

  test('with other bytes is refused; of two at once exactly one is taken', async () => {
    const id = randomUUID();
    await put(await photoBytes(), id);
    await refuse('files.id_taken', await photoBytes(), id);
    const contested = randomUUID();
    const answers = await Promise.all(
      [await photoBytes(), await photoBytes(), await photoBytes()].map(bytes =>
        app.anybody.send(uploadPhoto, { params: { id: contested }, raw: bytesOf(bytes) }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  });

  test('belongs to one report only', async () => {
    const { id } = await put(await photoBytes());
    await reportCase(app, { photos: [id, id] });
    const body = reportBody(app, { photos: [id] });
    await app.anybody.refused(report, 'files.unknown_upload', { body, key: randomUUID() });
  });
});

describe('a photo’s address', () => {
  test('opens only what it was signed for, and only for some hours', async () => {
    const { id, sha256 } = await put(await photoBytes());
    const { caseId } = await reportCase(app, { photos: [id] });
    const { attachments } = await (await app.as('zhihui')).ok(readCase, { params: { id: caseId } });
    const signed = new URL(app.url + (attachments[0]?.url ?? ''));
    const query = Object.fromEntries(signed.searchParams) as { size: 'full'; until: string; key: string };
    const params = { sha256 };
    const refused = (change: Partial<typeof query>, digest = sha256) =>
      app.anybody.refused(readPhoto, 'platform.not_found', {
        params: { sha256: digest },
        query: { ...query, ...change },
      });
    expect((await app.anybody.send(readPhoto, { params, query })).status).toBe(200);
    await refused({ size: 'thumb' as 'full' });
    await refused({ until: String(Number(query.until) + 3_600_000) });
    await refused({ key: 'A'.repeat(32) });
    await refused({}, 'ab'.repeat(32));
    app.clock.advance(8 * 3_600_000);
    await refused({});
  });
});
