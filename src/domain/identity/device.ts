// In this order: many browsers also name the one that they are like.
const browsers: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger\//, '微信'],
  [/DingTalk\//, '钉钉'],
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/QQBrowser\//, 'QQ 浏览器'],
  [/360SE|360EE|QihooBrowser/, '360 浏览器'],
  [/HuaweiBrowser\//, '华为浏览器'],
  [/MiuiBrowser\//, '小米浏览器'],
  [/Firefox\//, 'Firefox'],
  [/(?:Chrome|CriOS)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/UOS|Deepin|deepin/, '统信 UOS'],
  [/Kylin/, '麒麟'],
  [/Linux/, 'Linux'],
];

/** A device in words a person recognises, such as `Chrome · Windows`; null when its header says nothing known. */
export function deviceOf(userAgent: string | null): string | null {
  if (userAgent === null) return null;
  const first = (list: typeof browsers) => list.find(([sign]) => sign.test(userAgent))?.[1];
  const words = [first(browsers), first(systems)].filter(word => word !== undefined);
  return words.length === 0 ? null : words.join(' · ');
}
