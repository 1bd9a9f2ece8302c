import { useState } from 'react';

import { roles } from '../../domain/identity/permissions.ts';
import { failureText } from '../../browser/api/call.ts';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { useElder } from '../../browser/ui/elder.ts';
import { LanguageSwitch } from '../../browser/ui/LanguageSwitch.tsx';
import { PageTitle } from '../../browser/ui/navigation.tsx';
import { kitWords } from '../../browser/ui/words/kit-words.ts';
import { fieldWords } from '../words/words.ts';

import type { Me } from '../../contracts/identity.ts';

export function MePage({ me, signOut }: { readonly me: Me; readonly signOut: () => Promise<void> }) {
  const words = useWords(fieldWords);
  const kit = useWords(kitWords);
  const locale = useLocale();
  const [elder, setElder] = useElder();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const leave = () => {
    if (busy) return;
    setBusy(true);
    signOut().catch((error: unknown) => {
      setBusy(false);
      setFailure(failureText(error, kit.unreachable));
    });
  };
  return (
    <div className="stack">
      <PageTitle title={`${words.me} · ${words.brand}`} className="page-title">
        {words.me}
      </PageTitle>
      <dl className="card facts">
        <dt>{words.account}</dt>
        <dd>
          {me.name} <span className="muted">{me.loginName}</span>
        </dd>
        <dt>{words.role}</dt>
        <dd>{[...new Set(me.grants.map(({ role }) => roles[role][locale]))].join(' · ')}</dd>
        <dt>{words.workplace}</dt>
        <dd>{me.workplace}</dd>
      </dl>
      <div className="card stack">
        <div className="setting">
          <span>{words.textSize}</span>
          <button type="button" className="button" onClick={() => setElder(!elder)}>
            {elder ? kit.elderOff : kit.elder}
          </button>
        </div>
        <div className="setting">
          <span>{words.language}</span>
          <LanguageSwitch className="button" />
        </div>
      </div>
      {failure !== null && (
        <p className="notice notice-wrong" role="alert">
          {failure}
        </p>
      )}
      <button type="button" className="button button-wide" aria-disabled={busy} onClick={leave}>
        {busy ? words.signingOut : words.signOut}
      </button>
    </div>
  );
}
