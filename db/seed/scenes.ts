import type { Scene } from './problems.ts';

/**
 * Street scenes for the demonstration, drawn by ourselves: no photograph of a real place, no face, no plate. 1280 × 960.
 * `before` shows the trouble, `after` the same place put right.
 */
export function drawScene(scene: Scene, moment: 'before' | 'after'): string {
  const trouble = moment === 'before' ? troubles[scene] : repairs[scene];
  const night = scene === 'lamp';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 960" width="1280" height="960">
  <defs>
    <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${night ? '#1c2b3a' : '#b9d3e2'}"/><stop offset="1" stop-color="${night ? '#2e4152' : '#e8eff2'}"/></linearGradient>
    <linearGradient id="road" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${night ? '#2b2f33' : '#8d9196'}"/><stop offset="1" stop-color="${night ? '#1d2023' : '#6f7479'}"/></linearGradient>
  </defs>
  <rect width="1280" height="960" fill="url(#sky)"/>
  ${house(40, 120, 380, 430, night ? '#3c444c' : '#d8c7b2', night)}
  ${house(450, 60, 330, 490, night ? '#39424b' : '#c9d0d4', night)}
  ${house(820, 150, 420, 400, night ? '#40474d' : '#d9bfae', night)}
  <rect y="550" width="1280" height="80" fill="${night ? '#3a4046' : '#b8b4aa'}"/>
  <rect y="630" width="1280" height="330" fill="url(#road)"/>
  <g stroke="${night ? '#4a5056' : '#a7a398'}" stroke-width="2">${Array.from({ length: 26 }, (_, i) => `<path d="M${i * 50} 550l-18 80"/>`).join('')}</g>
  ${tree(330, 560, night)}${tree(1010, 560, night)}
  ${trouble}
</svg>`;
}

function house(x: number, y: number, width: number, height: number, colour: string, night: boolean): string {
  const columns = Math.floor(width / 80);
  const rows = Math.floor(height / 90);
  const windows = Array.from({ length: rows * columns }, (_, i) => {
    const lit = night && (i * 7 + columns) % 5 === 0;
    const left = x + 26 + (i % columns) * 78;
    const top = y + 26 + Math.floor(i / columns) * 88;
    return `<rect x="${left}" y="${top}" width="46" height="54" fill="${lit ? '#f2d27c' : night ? '#232c35' : '#7f97a6'}" stroke="#ffffff" stroke-opacity=".35" stroke-width="3"/>`;
  }).join('');
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${colour}"/>${windows}`;
}

const tree = (x: number, y: number, night: boolean): string =>
  `<rect x="${x - 9}" y="${y - 120}" width="18" height="130" fill="${night ? '#31281f' : '#7a614a'}"/><circle cx="${x}" cy="${y - 170}" r="84" fill="${night ? '#24352b' : '#6f9a6b'}"/><circle cx="${x + 50}" cy="${y - 130}" r="56" fill="${night ? '#20302a' : '#628c61'}"/>`;

const barrier = `<g transform="translate(500 640)"><rect x="0" y="30" width="250" height="34" fill="#d9531e"/>${[0, 1, 2, 3, 4].map(i => `<path d="M${i * 52} 64l26-34h22l-26 34z" fill="#fff"/>`).join('')}<path d="M20 64v60M230 64v60" stroke="#555" stroke-width="10"/></g>`;

const pile = (x: number, y: number): string =>
  [
    [0, 0, 60, '#4b5a4a'],
    [70, 20, 48, '#7b6a55'],
    [-60, 26, 44, '#8a8f94'],
    [30, 44, 56, '#5c4a63'],
    [110, 50, 36, '#3f6a7a'],
  ]
    .map(
      ([dx, dy, r, fill]) =>
        `<ellipse cx="${x + Number(dx)}" cy="${y + Number(dy)}" rx="${r}" ry="${Number(r) * 0.72}" fill="${fill}"/>`,
    )
    .join('');

const lampPost = (lit: boolean): string =>
  `<path d="M640 640V230q0-50 60-50h70" fill="none" stroke="#59636b" stroke-width="14"/><ellipse cx="780" cy="186" rx="44" ry="16" fill="${lit ? '#ffe9a8' : '#39424a'}"/>${lit ? '<path d="M740 196L560 800h460L820 196z" fill="#ffe9a8" fill-opacity=".22"/>' : ''}`;

const van = (x: number, colour: string): string =>
  `<g transform="translate(${x} 610)"><path d="M0 150V50q0-30 30-30h230q26 0 40 30l26 50v50z" fill="${colour}"/><rect x="26" y="40" width="90" height="52" fill="#20313c"/><rect x="130" y="40" width="110" height="52" fill="#20313c"/><circle cx="70" cy="154" r="34" fill="#1c1f22"/><circle cx="256" cy="154" r="34" fill="#1c1f22"/></g>`;

const laneMark =
  '<g fill="none" stroke="#e8c23a" stroke-width="10"><path d="M180 690h920l90 230H60z"/><path d="M300 690l-90 230M480 690l-40 230M660 690v230M840 690l40 230M1000 690l90 230"/></g>';

const cover =
  '<ellipse cx="640" cy="790" rx="120" ry="52" fill="#3d4246"/><ellipse cx="640" cy="786" rx="104" ry="42" fill="#565c61"/><path d="M560 786h160M572 766h136M572 806h136" stroke="#3d4246" stroke-width="8"/>';

const stall = (x: number, colour: string): string =>
  `<g transform="translate(${x} 560)"><path d="M0 40h220l-24-44H24z" fill="${colour}"/><path d="M14 40v150M206 40v150" stroke="#6b6f73" stroke-width="8"/><rect x="6" y="110" width="208" height="26" fill="#9c7a55"/>${[0, 1, 2, 3].map(i => `<circle cx="${38 + i * 48}" cy="98" r="18" fill="${['#c8452f', '#e2a72e', '#5f9a4a', '#d66a3a'][i]}"/>`).join('')}</g>`;

const troubles: Readonly<Record<Scene, string>> = {
  water: `<path d="M120 960q120-220 420-250 260-26 480 90 140 70 240 160z" fill="#5f93b5" fill-opacity=".85"/><path d="M600 720q-30-190 20-260 10 120 40 30 30 90 10 230z" fill="#d8ecf6"/><path d="M560 740q60-40 150 0" stroke="#e8f4fa" stroke-width="10" fill="none"/>`,
  rubbish: `${pile(560, 700)}${pile(720, 720)}${pile(640, 670)}`,
  lamp: lampPost(false),
  manhole:
    '<ellipse cx="640" cy="790" rx="120" ry="52" fill="#15181a"/><ellipse cx="640" cy="798" rx="96" ry="38" fill="#050607"/><path d="M650 790l36-170M668 704l40-26M660 740l-34-30" stroke="#6d5a40" stroke-width="9" fill="none"/>',
  lane: `${laneMark}${van(220, '#e9ebec')}${van(640, '#9fb0ba')}`,
  trade: `${stall(240, '#c94f3d')}${stall(520, '#3f7f8c')}${stall(800, '#c99a2e')}`,
};

const repairs: Readonly<Record<Scene, string>> = {
  water: `<rect x="470" y="740" width="340" height="130" fill="#4d5256"/>${barrier}`,
  rubbish:
    '<g transform="translate(560 610)"><rect width="80" height="110" rx="8" fill="#2f7d5b"/><rect x="100" width="80" height="110" rx="8" fill="#3b6fb0"/><rect x="-6" y="-14" width="92" height="20" rx="6" fill="#276a4d"/><rect x="94" y="-14" width="92" height="20" rx="6" fill="#325f97"/></g>',
  lamp: lampPost(true),
  manhole: cover,
  lane: laneMark,
  trade: '<rect y="590" width="1280" height="16" fill="#d9b23a"/>',
};
