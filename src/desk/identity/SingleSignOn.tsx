import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';

import { addressOf, call } from '../../browser/api/call.ts';
import { useWords } from '../../browser/i18n/use-words.ts';
import { passwordRules } from '../../contracts/own-account.ts';
import { words } from '../words/words.ts';
import '../style/security.css';

/** The way through the authority's own sign-on, where it is switched on. It leaves this page. */
export function SingleSignOn({ back }: { readonly back: string | undefined }) {
  const t = useWords(words);
  const { data } = useQuery({
    queryKey: ['password-rules'],
    queryFn: ({ signal }) => call(passwordRules, { signal }),
  });
  const oidc = data?.oidc ?? null;
  if (oidc === null) return null;
  return (
    <>
      <p className="login-or">{t.signIn.or}</p>
      <Button size="large" block href={addressOf(oidc.startUrl, {}, { back })} data-testid="login-oidc">
        {oidc.label}
      </Button>
    </>
  );
}
