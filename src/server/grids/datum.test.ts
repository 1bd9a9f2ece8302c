import { describe, expect, it } from 'vitest';
import { distance } from '../../domain/kernel/geometry.ts';
import { fromWgs84, toWgs84 } from './datum.ts';

const place = { lng: 113.68, lat: 34.77 };

describe('datums', () => {
  it('shifts Zhengzhou by the known amount on Chinese web maps', () => {
    const drawn = fromWgs84(place, 'GCJ02');
    expect(drawn.lng - place.lng).toBeCloseTo(0.00613, 5);
    expect(drawn.lat - place.lat).toBeCloseTo(-0.00107, 5);
    expect(drawn.datum).toBe('GCJ02');
  });

  it('leaves CGCS2000 and WGS-84 as they are', () => {
    for (const datum of ['WGS84', 'CGCS2000'] as const) {
      expect(toWgs84({ ...place, datum })).toEqual(place);
      expect(fromWgs84(place, datum)).toEqual({ ...place, datum });
    }
  });

  it('comes back to within 0.1 m from GCJ-02 and BD-09, all over Zhengzhou', () => {
    for (let lng = 112.7; lng < 114.3; lng += 0.1)
      for (let lat = 34.2; lat < 35; lat += 0.1) {
        expect(distance({ lng, lat }, toWgs84(fromWgs84({ lng, lat }, 'GCJ02')))).toBeLessThan(0.1);
        expect(distance({ lng, lat }, toWgs84(fromWgs84({ lng, lat }, 'BD09')))).toBeLessThan(0.5);
      }
  });
});
