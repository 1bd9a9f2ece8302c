import { overdueColor, primaryColor } from '../browser/ui/tones.ts';

import type { ThemeConfig } from 'antd';

/** antd in the product's tokens (`browser/ui/tokens.css` is the source; antd computes shades and cannot read CSS variables). */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: primaryColor,
    colorInfo: primaryColor,
    colorLink: primaryColor,
    colorError: overdueColor,
    colorWarning: '#9A5B00',
    colorWarningBg: '#FFF3D6',
    colorWarningBorder: '#EBCB84',
    colorSuccess: '#14532D',
    colorText: '#13242B',
    colorTextSecondary: '#43555E',
    colorTextTertiary: '#5B6B74',
    colorTextPlaceholder: '#5B6B74',
    colorTextDisabled: '#6B7A83',
    colorBorder: '#C3CFD3',
    colorBorderSecondary: '#D8E1E4',
    borderRadius: 6,
    fontSize: 14,
    fontFamily: 'var(--jw-font)',
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.15s',
  },
  components: {
    Tooltip: { maxWidth: 300 },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
  },
};
