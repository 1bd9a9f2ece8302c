import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect } from 'react';

import { useLocale, useWords } from '../browser/i18n/use-words.ts';
import { sessionQuery } from './identity/session.ts';
import { paths } from './paths.ts';
import { createQueryClient } from './query-client.ts';
import { createDeskRouter } from './routes.tsx';
import { theme } from './theme.ts';
import { words } from './words/words.ts';

const queryClient = createQueryClient(leaveToLogin);
const router = createDeskRouter(queryClient);

/** The session ended in the middle of work: sign in again and come back to the same place, drafts and all. */
function leaveToLogin(): void {
  queryClient.setQueryData(sessionQuery.queryKey, null);
  const { pathname, href } = router.state.location;
  if (pathname === paths.login) return;
  void router.navigate({ to: paths.login, search: { back: href, ended: '1' } });
}

export function App() {
  const locale = useLocale();
  const t = useWords(words);
  useEffect(() => {
    document.title = t.product;
  }, [t]);
  return (
    <ConfigProvider locale={locale === 'zh' ? zhCN : enUS} theme={theme} button={{ autoInsertSpace: false }}>
      <AntApp className="desk-app" message={{ maxCount: 1 }}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}
