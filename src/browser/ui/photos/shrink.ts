/** Longest side of a photo as sent: a house number stays readable, a 4 MB picture becomes about 300 KB. */
export const sentSide = 1600;
const quality = 0.85;
// Below this a JPEG of the right size is sent as it is.
const smallEnough = 600 * 1024;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size within a square of `side`, in proportion, never enlarged, at least one pixel. */
export function fitWithin({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

async function decode(file: Blob): Promise<ImageBitmap | HTMLImageElement> {
  if (typeof createImageBitmap === 'function') {
    try {
      return await createImageBitmap(file, { imageOrientation: 'from-image' });
    } catch {
      // Some WebViews decode in <img> what createImageBitmap refuses.
    }
  }
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}

const sizeOf = (picture: ImageBitmap | HTMLImageElement): Size =>
  picture instanceof HTMLImageElement
    ? { width: picture.naturalWidth, height: picture.naturalHeight }
    : { width: picture.width, height: picture.height };

/**
 * A photo made small enough for a weak network: at most 1600 px, JPEG. What this browser cannot decode is returned as it
 * came: the server then says what it is.
 */
export async function shrinkPhoto(file: Blob): Promise<Blob> {
  let picture: ImageBitmap | HTMLImageElement;
  try {
    picture = await decode(file);
  } catch {
    return file;
  }
  const natural = sizeOf(picture);
  const size = fitWithin(natural, sentSide);
  if (file.type === 'image/jpeg' && size.width === natural.width && file.size <= smallEnough) return file;
  const canvas = document.createElement('canvas');
  canvas.width = size.width;
  canvas.height = size.height;
  const context = canvas.getContext('2d');
  if (context === null) return file;
  // A transparent screenshot would turn black in JPEG.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, size.width, size.height);
  context.drawImage(picture, 0, 0, size.width, size.height);
  if ('close' in picture) picture.close();
  const shrunk = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', quality));
  return shrunk ?? file;
}
