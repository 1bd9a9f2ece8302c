import { Button } from 'antd';

import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { momentWords } from '../../browser/time/words.ts';
import { useTick } from '../shell/use-tick.ts';
import { words } from '../words/words.ts';

import type { Session } from '../../contracts/own-account.ts';

interface SessionsProps {
  readonly sessions: readonly Session[];
  readonly onEnd: (session: Session) => void;
}

/** Signed-in devices, each with a button that signs it out; the one in use has none. */
export function Sessions({ sessions, onEnd }: SessionsProps) {
  const t = useWords(words);
  const locale = useLocale();
  const now = useTick();
  return (
    <div className="security-scroll">
      <table className="table" data-testid="sessions">
        <thead>
          <tr>
            <th scope="col">{t.own.device}</th>
            <th scope="col">{t.own.from}</th>
            <th scope="col">{t.own.since}</th>
            <th scope="col">{t.own.seen}</th>
            <th scope="col">
              <span className="jw-hidden">{t.own.end}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map(session => (
            <tr key={session.id}>
              <td>
                {session.device ?? t.own.unknownDevice}
                <span className="security-small">{t.own.methods[session.method]}</span>
              </td>
              <td className="jw-numbers">{session.ip}</td>
              <td className="jw-numbers">{momentWords(session.createdAt, now, locale)}</td>
              <td className="jw-numbers">{momentWords(session.seenAt, now, locale)}</td>
              <td>
                {session.current ? (
                  <span className="mark mark-near">{t.own.thisOne}</span>
                ) : (
                  <Button size="small" type="text" danger onClick={() => onEnd(session)}>
                    {t.own.end}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
