import { setWorkerUrl } from 'maplibre-gl';
// The library computes its worker's address at run time, which no bundler sees: the map would stay blank without an error.
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';

let prepared = false;

/** Tells MapLibre where the bundled worker is; harmless to call again. */
export function prepareMapLibre(): void {
  if (prepared) return;
  setWorkerUrl(workerUrl);
  prepared = true;
}

/** MapLibre 6 draws with WebGL 2 only; office computers without a graphics driver often have none. */
export function hasWebGl2(): boolean {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null;
  } catch {
    return false;
  }
}
