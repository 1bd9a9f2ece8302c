import { useMedia } from '../../browser/ui/use-media.ts';

/** Below 1280 px (and above 900) the open case lies over the map, so wide. */
export const useOverlay = (): boolean => useMedia('(min-width: 900px) and (max-width: 1279.98px)');
export const panelWidth = 400;

/** Below 900 px list, map and case are pages of their own. */
export const useNarrow = (): boolean => useMedia('(max-width: 899.98px)');
