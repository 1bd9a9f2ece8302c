import { useMedia } from '../../browser/ui/use-media.ts';

/** Below 900 px list, map and case are pages of their own. */
export const useNarrow = (): boolean => useMedia('(max-width: 899.98px)');
