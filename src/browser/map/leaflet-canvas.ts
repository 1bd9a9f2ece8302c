import * as L from 'leaflet';

/** What Leaflet 1.9's canvas renderer keeps to itself. */
interface CanvasInside {
  readonly _ctx?: CanvasRenderingContext2D;
  _redraw(): void;
}

const inside = L.Canvas.prototype as unknown as CanvasInside;

/**
 * Leaflet's canvas renderer, which does not draw any more once its map is gone: a frame asked for just before the map is
 * removed comes afterwards, finds no context and throws (Leaflet 1.9.4, `_redraw` after `_destroyContainer`).
 */
const SteadyCanvas = L.Canvas.extend({
  _redraw(this: CanvasInside) {
    if (this._ctx !== undefined) inside._redraw.call(this);
  },
}) as unknown as new () => L.Canvas;

export const steadyCanvas = (): L.Canvas => new SteadyCanvas();
