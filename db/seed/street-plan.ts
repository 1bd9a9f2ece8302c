/**
 * The plan of the demonstration street, drawn by hand in metres east and north of 113.672° E, 34.762° N. Names of streets are those of
 * the quarter, names of communities are the real ones; every line, lane and courtyard is invented. Nothing here was surveyed.
 */

export const ORIGIN = { lng: 113.672, lat: 34.762 };

export interface PlanStreet {
  readonly name: string;
  readonly rank: number;
  /** Where it crosses the streets of the other direction, in order; metres east for streets to the north, metres north for others. */
  readonly at: readonly number[];
}

/** Streets to the north, from west to east; one number for each street to the east, from south to north. */
export const NORTHWARD: readonly PlanStreet[] = [
  { name: '文化路', rank: 1, at: [40, 44, 52, 58, 60, 44, 18, 6] },
  { name: '经八路', rank: 2, at: [330, 352, 368, 380, 384, 372, 340, 322] },
  { name: '经七路', rank: 2, at: [668, 676, 690, 706, 700, 684, 676, 652] },
  { name: '经六路', rank: 2, at: [946, 962, 986, 1010, 1012, 1002, 1000, 986] },
  { name: '经五路', rank: 2, at: [1262, 1268, 1280, 1286, 1296, 1310, 1298, 1276] },
  { name: '花园路', rank: 1, at: [1668, 1660, 1642, 1622, 1608, 1584, 1552, 1530] },
];

/** Streets to the east, from south to north; one number for each street to the north, from west to east. */
export const EASTWARD: readonly PlanStreet[] = [
  { name: '金水路', rank: 1, at: [238, 176, 108, 60, 14, -40] },
  { name: '纬一路', rank: 2, at: [476, 452, 438, 408, 372, 340] },
  { name: '纬二路', rank: 2, at: [742, 730, 738, 730, 700, 664] },
  { name: '纬三路', rank: 2, at: [1104, 1090, 1064, 1046, 1034, 1022] },
  { name: '黄河路', rank: 1, at: [1418, 1416, 1424, 1416, 1396, 1372] },
  { name: '红旗路', rank: 2, at: [1822, 1800, 1770, 1750, 1744, 1748] },
  { name: '红专路', rank: 2, at: [2096, 2102, 2116, 2112, 2090, 2060] },
  { name: '丰产路', rank: 1, at: [2466, 2480, 2488, 2470, 2436, 2392] },
];

export interface PlanCommunity {
  /** Code of the community in the national list, last three digits. */
  readonly serial: string;
  /** Its blocks as [row from the south, column from the west]. */
  readonly blocks: readonly (readonly [number, number])[];
  /** Blocks between which no street runs. */
  readonly joined?: readonly (readonly [number, number])[];
  /** Five courtyards, north to south; invented. */
  readonly yards: readonly [string, string, string, string, string];
}

export const COMMUNITIES: readonly PlanCommunity[] = [
  {
    serial: '003',
    blocks: [
      [4, 1],
      [4, 2],
      [5, 2],
    ],
    joined: [
      [4, 1],
      [4, 2],
    ],
    yards: ['体委家属院', '水上运动院', '体育馆院', '运动公寓', '球场里'],
  },
  {
    serial: '006',
    blocks: [
      [4, 0],
      [5, 0],
      [5, 1],
    ],
    joined: [
      [4, 0],
      [5, 0],
    ],
    yards: ['科技馆家属院', '科研所院', '信息院', '情报所家属院', '创新里'],
  },
  {
    serial: '007',
    blocks: [
      [2, 0],
      [3, 0],
      [3, 1],
    ],
    yards: ['教研室家属院', '师训院', '园丁里', '实验小学院', '教材站家属院'],
  },
  {
    serial: '008',
    blocks: [
      [0, 0],
      [0, 1],
      [1, 0],
    ],
    joined: [
      [0, 0],
      [1, 0],
    ],
    yards: ['机关一号院', '机关二号院', '印刷厂家属院', '机关三号院', '服务局家属院'],
  },
  {
    serial: '009',
    blocks: [
      [2, 2],
      [3, 2],
      [3, 3],
    ],
    joined: [
      [3, 2],
      [3, 3],
    ],
    yards: ['广播家属院', '电视台家属院', '发射台院', '广电新村', '乐团家属院'],
  },
  {
    serial: '010',
    blocks: [
      [3, 4],
      [4, 4],
      [4, 3],
    ],
    yards: ['外贸家属院', '百货公司院', '粮油家属院', '商务里', '进出口公司院'],
  },
  {
    serial: '012',
    blocks: [
      [6, 1],
      [6, 2],
      [6, 3],
    ],
    joined: [
      [6, 2],
      [6, 3],
    ],
    yards: ['省建一公司院', '安装公司家属院', '设计室家属院', '省建三公司院', '建工里'],
  },
  {
    serial: '014',
    blocks: [
      [0, 2],
      [0, 3],
      [1, 3],
    ],
    yards: ['军区北院', '干休所院', '招待所院', '后勤家属院', '军区南院'],
  },
  {
    serial: '015',
    blocks: [
      [1, 1],
      [1, 2],
      [2, 1],
    ],
    yards: ['画院家属院', '剧团院', '文联家属院', '书局家属院', '文苑里'],
  },
  {
    serial: '017',
    blocks: [
      [1, 4],
      [2, 4],
      [2, 3],
    ],
    joined: [
      [1, 4],
      [2, 4],
    ],
    yards: ['建设局家属院', '测绘队院', '建文新村', '水电队家属院', '文博里'],
  },
  {
    serial: '019',
    blocks: [
      [5, 3],
      [5, 4],
      [6, 4],
    ],
    yards: ['任砦北院', '园艺里', '任砦新村', '农机公司院', '任砦南院'],
  },
];

/** Streets around the quarter, for the base map only: [metres east, metres north]. */
export const AROUND: readonly {
  readonly name: string;
  readonly rank: number;
  readonly line: readonly [number, number][];
}[] = [
  {
    name: '农业路',
    rank: 1,
    line: [
      [-620, 2872],
      [20, 2850],
      [660, 2822],
      [1270, 2800],
      [1545, 2790],
      [2280, 2762],
    ],
  },
  {
    name: '经三路',
    rank: 1,
    line: [
      [1985, -460],
      [1968, 6],
      [1940, 700],
      [1918, 1382],
      [1900, 2070],
      [1884, 2778],
      [1876, 3010],
    ],
  },
  {
    name: '南阳路',
    rank: 2,
    line: [
      [-300, -300],
      [-316, 420],
      [-322, 1150],
      [-340, 1830],
      [-356, 2860],
    ],
  },
  {
    name: '政七街',
    rank: 2,
    line: [
      [1762, 330],
      [1744, 1000],
      [1726, 1350],
      [1704, 2030],
    ],
  },
  {
    name: '人民路',
    rank: 1,
    line: [
      [-420, -380],
      [40, 238],
    ],
  },
  {
    name: '纬四路',
    rank: 2,
    line: [
      [1613, 1230],
      [1732, 1226],
      [1924, 1216],
      [2280, 1200],
    ],
  },
  {
    name: '文博东路',
    rank: 2,
    line: [
      [822, 2479],
      [812, 2815],
    ],
  },
];
