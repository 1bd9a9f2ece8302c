import { useState } from 'react';

import { keep, kept } from './keep.ts';

const key = 'jingwei.elder';

const show = (on: boolean): void => {
  if (on) document.documentElement.dataset['elder'] = '';
  else delete document.documentElement.dataset['elder'];
};

/** 长辈版: larger type (20 px), kept in this browser. Returns whether it is on, and the switch. */
export function useElder(): readonly [boolean, (on: boolean) => void] {
  const [elder, setElder] = useState(() => {
    const on = kept(key) === '1';
    show(on);
    return on;
  });
  return [
    elder,
    on => {
      keep(key, on ? '1' : '0');
      show(on);
      setElder(on);
    },
  ];
}
