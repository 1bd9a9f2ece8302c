import { Modal, Switch } from 'antd';
import { useState } from 'react';

import { useWords } from '../../browser/i18n/use-words.ts';
import { words } from '../words/words.ts';
import { setSingleKeys, useKeys, useSingleKeys } from './use-keys.ts';

/** `?`: every key with what it does, and the switch that turns single keys off. */
export function KeyHelp() {
  const t = useWords(words);
  const [open, setOpen] = useState(false);
  const single = useSingleKeys();
  useKeys({ '?': () => setOpen(true) });
  return (
    <Modal title={t.keys.title} open={open} onCancel={() => setOpen(false)} footer={null} width={620}>
      <div className="keys" data-testid="key-help">
        {t.keys.groups.map(group => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.keys.map(([key, does]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="keys-switch">
        <Switch checked={single} onChange={setSingleKeys} />
        {t.keys.single}
      </label>
    </Modal>
  );
}
