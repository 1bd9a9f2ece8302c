import type { Channel } from '../../src/domain/cases/states.ts';

/** How far a demonstration case has come. */
export type Progress =
  | 'reported'
  | 'accepted'
  | 'filed'
  | 'dispatched'
  | 'handling'
  | 'returned'
  | 'fed_back'
  | 'checking'
  | 'to_close'
  | 'closed'
  | 'confirmed'
  | 'refused';

export interface DemoProblem {
  readonly channel: Channel;
  readonly category: string;
  readonly words: string;
  readonly address: string;
  /** Serial of the courtyard among the 55, from 0. */
  readonly grid: number;
  /** Minutes before the demonstration is loaded. */
  readonly minutesAgo: number;
  readonly until: Progress;
  /** What the unit answers, for cases that came so far. */
  readonly result?: string;
  /** Filing condition; the first unless said. */
  readonly condition?: number;
  readonly scene?: Scene;
}

export type Scene = 'water' | 'rubbish' | 'lamp' | 'manhole' | 'lane' | 'trade';

/** Problems as people put them; the words are invented, the kinds are those of the handbook's catalogue. */
export const problems: readonly DemoProblem[] = [
  {
    channel: 'web',
    category: '0908',
    words: '院里的水管突然爆了，水漫了一院子，正赶上上班上学，大人孩子都堵在楼道口出不去，请尽快来人！',
    address: '11号院2号楼前',
    grid: 42,
    minutesAgo: 6,
    until: 'reported',
    scene: 'water',
  },
  {
    channel: 'phone',
    category: '0401',
    words: '3号楼西侧的消防通道被两辆面包车堵死了，车主联系不上。',
    address: '纬一路家属院3号楼西侧',
    grid: 17,
    minutesAgo: 14,
    until: 'reported',
    scene: 'lane',
  },
  {
    channel: 'web',
    category: '0915',
    words: '东门口这盏路灯一个多星期不亮，晚上老人出门看不见台阶，已经有人崴了脚。',
    address: '家属院东门',
    grid: 8,
    minutesAgo: 33,
    until: 'reported',
    scene: 'lamp',
  },
  {
    channel: 'camera',
    category: '0803',
    words: '路口东南角流动摊贩占用盲道经营，约四五个摊位。',
    address: '经八路与纬一路交叉口东南角',
    grid: 21,
    minutesAgo: 41,
    until: 'accepted',
    scene: 'trade',
  },
  {
    channel: 'grid',
    category: '0701',
    words: '垃圾点满溢，生活垃圾堆到路面，有异味。',
    address: '5号楼北侧垃圾点',
    grid: 30,
    minutesAgo: 52,
    until: 'accepted',
    scene: 'rubbish',
  },
  {
    channel: 'web',
    category: '0818',
    words: '楼下空地每天晚上九点以后还在放音响跳舞，孩子没法写作业。',
    address: '小游园',
    grid: 3,
    minutesAgo: 95,
    until: 'filed',
  },
  {
    channel: 'phone',
    category: '0914',
    words: '单元里十几户暖气不热，室温只有十四五度，家里有刚满月的孩子。',
    address: '2号楼3单元',
    grid: 47,
    minutesAgo: 128,
    until: 'filed',
  },
  {
    channel: 'car',
    category: '0809',
    words: '路口公交站旁有一名流浪人员，衣着单薄，意识不太清楚，疑似需要救助。',
    address: '文化路路口公交站',
    grid: 12,
    minutesAgo: 24,
    until: 'dispatched',
  },
  {
    channel: 'phone',
    category: '0908',
    words: '门口马路上往外冒水，越冒越大，路面已经有点塌了。',
    address: '6号院大门外',
    grid: 20,
    minutesAgo: 18,
    until: 'dispatched',
    scene: 'water',
  },
  {
    channel: 'grid',
    category: '0908',
    words: '绿化带里的供水支管漏水，水流到人行道上，早晚结冰。',
    address: '纬二路北侧绿化带',
    grid: 31,
    minutesAgo: 58,
    until: 'handling',
    scene: 'water',
  },
  {
    channel: 'web',
    category: '0901',
    words: '人行道上的井盖没有了，只插了根树枝，骑车的差点掉进去。',
    address: '红旗路南侧人行道',
    grid: 26,
    minutesAgo: 70,
    until: 'handling',
    scene: 'manhole',
  },
  {
    channel: 'grid',
    category: '0702',
    words: '装修垃圾堆在楼后两个多月没人清，占了半条路。',
    address: '7号楼后',
    grid: 35,
    minutesAgo: 300,
    until: 'handling',
    scene: 'rubbish',
  },
  {
    channel: 'web',
    category: '0403',
    words: '四楼从窗户拉线下来给电动车充电，线都晒裂了，太危险。',
    address: '4号楼2单元',
    grid: 51,
    minutesAgo: 180,
    until: 'handling',
  },
  {
    channel: 'phone',
    category: '0920',
    words: '行道树枯了半边，风大的时候往下掉树枝。',
    address: '丰产路北侧',
    grid: 5,
    minutesAgo: 1500,
    until: 'returned',
  },
  {
    channel: 'camera',
    category: '0906',
    words: '下穿路口积水约二十厘米，车辆绕行。',
    address: '路口西侧',
    grid: 14,
    minutesAgo: 210,
    until: 'fed_back',
    result: '已疏通雨水口三处，积水排净，路面恢复通行。',
    scene: 'water',
  },
  {
    channel: 'web',
    category: '0701',
    words: '菜市场后门的垃圾没人收，苍蝇很多。',
    address: '菜市场后门',
    grid: 33,
    minutesAgo: 260,
    until: 'checking',
    result: '已清运生活垃圾约两车，点位冲洗消杀，增加一次下午清运。',
    scene: 'rubbish',
  },
  {
    channel: 'grid',
    category: '0915',
    words: '楼院主路三盏路灯不亮。',
    address: '1号楼至4号楼主路',
    grid: 42,
    minutesAgo: 1480,
    until: 'checking',
    result: '更换灯头三只、镇流器一只，夜间试亮正常。',
    scene: 'lamp',
  },
  {
    channel: 'web',
    category: '0902',
    condition: 2,
    words: '车一过井盖就哐当响，一楼住户整夜睡不好。',
    address: '经八路8号院门口',
    grid: 19,
    minutesAgo: 2900,
    until: 'to_close',
    result: '更换防响胶圈并重新坐浆固定，过车无异响。',
    scene: 'manhole',
  },
  {
    channel: 'phone',
    category: '1014',
    words: '对门独居的老人今天一直没开门，敲门也不应，电话没人接。',
    address: '6号楼1单元',
    grid: 38,
    minutesAgo: 1320,
    until: 'closed',
    result: '网格员与民警到场，老人外出就医，已联系上家属，人平安。',
  },
  {
    channel: 'web',
    category: '0803',
    words: '早点摊把炉子支在消防栓旁边，油污流了一地。',
    address: '学校东门',
    grid: 24,
    minutesAgo: 1600,
    until: 'confirmed',
    result: '已劝离并清洗地面，摊主登记后进入便民疏导点经营。',
    scene: 'trade',
  },
  {
    channel: 'web',
    category: '0908',
    words: '楼前地面往外冒水，像是管子漏了。',
    address: '3号院1号楼前',
    grid: 10,
    minutesAgo: 2700,
    until: 'confirmed',
    result: '开挖后更换漏损管段1.5米，回填夯实，恢复供水。',
    scene: 'water',
  },
  {
    channel: 'web',
    category: '0817',
    words: '沿街店铺的喇叭从早喊到晚。',
    address: '沿街商铺',
    grid: 28,
    minutesAgo: 2200,
    until: 'closed',
    result: '已约谈商户，拆除外置喇叭两只。',
  },
  {
    channel: 'web',
    category: '0811',
    words: '这条路是不是要修地铁？什么时候开工？',
    address: '花园路',
    grid: 1,
    minutesAgo: 1700,
    until: 'refused',
  },
  {
    channel: 'grid',
    category: '0401',
    words: '楼道口堆放沙发旧家具，影响疏散。',
    address: '9号楼2单元',
    grid: 45,
    minutesAgo: 1900,
    until: 'confirmed',
    result: '物业已清理楼道杂物并入户告知。',
    scene: 'lane',
  },
];
