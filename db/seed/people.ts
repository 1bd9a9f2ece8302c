import { pick, seedRandom } from './random.ts';

/** Invented people: common surnames with given names drawn by the seed. Nobody of the newspaper feature is among them. */
const surnames = Array.from(
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
);
const given = Array.from(
  '秀英桂兰玉珍凤琴丽敏静娟霞红梅芳燕玲婷雪建国志强伟军勇磊刚涛明超华平辉杰斌波鹏宇浩然子涵欣怡佳琪思远文博晓东海洋立新永庆春生长河保林',
);

/** So many names, all different. */
export function inventNames(count: number): readonly string[] {
  const random = seedRandom('people');
  const names = new Set<string>();
  while (names.size < count) {
    const surname = pick(surnames, random);
    const first = pick(given, random);
    const second = random() < 0.75 ? pick(given, random) : '';
    if (first !== second) names.add(`${surname}${first}${second}`);
  }
  return [...names];
}
