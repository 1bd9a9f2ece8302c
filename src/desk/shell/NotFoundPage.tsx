import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';

import { useWords } from '../../browser/i18n/use-words.ts';
import { paths } from '../paths.ts';
import { words } from '../words/words.ts';

/** An address that leads nowhere; most people who get here were after a case. */
export function NotFoundPage() {
  const t = useWords(words);
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const search = (): void => {
    if (text.trim() !== '') void navigate({ to: paths.desk, search: { queue: 'all', search: text.trim() } });
  };
  return (
    <main className="page-centre">
      <div className="notice">
        <p className="notice-code" aria-hidden="true">
          404
        </p>
        <h1 className="notice-title">{t.notFound.title}</h1>
        <p className="notice-text">{t.notFound.text}</p>
        <form
          className="notfound-search"
          onSubmit={event => {
            event.preventDefault();
            search();
          }}
        >
          <Input
            value={text}
            onChange={event => setText(event.target.value)}
            placeholder={t.notFound.placeholder}
            aria-label={t.notFound.placeholder}
            data-testid="notfound-search"
          />
          <Button type="primary" htmlType="submit">
            {t.notFound.search}
          </Button>
        </form>
        <p>
          <Link to={paths.home}>{t.notFound.home}</Link>
        </p>
      </div>
    </main>
  );
}
