/** A label's place on screen: its centre and size in pixels. */
export interface ScreenBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Whether two labels would be written over each other; touching is allowed. */
export const overlaps = (a: ScreenBox, b: ScreenBox): boolean =>
  Math.abs(a.x - b.x) * 2 < a.width + b.width && Math.abs(a.y - b.y) * 2 < a.height + b.height;
