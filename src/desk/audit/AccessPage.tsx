import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useDeferredValue, useState } from 'react';

import { addressOf, call } from '../../browser/api/call.ts';
import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { fullMoment } from '../../browser/time/words.ts';
import { exportAccess, searchAccess } from '../../contracts/access.ts';
import { problems, problemText } from '../../contracts/problems.ts';
import { deviceOf } from '../../domain/identity/device.ts';
import { accessKindNames, accessKinds, accessResultNames, accessResults } from '../../domain/identity/access-record.ts';
import { may, useMe } from '../identity/session.ts';
import { LoadFailure, NoPermission, Notice } from '../shell/PageStates.tsx';
import { words } from '../words/words.ts';
import '../style/security.css';

import type { AccessEntryView } from '../../contracts/access.ts';
import type { ProblemCode } from '../../contracts/problems.ts';
import type { AccessKind, AccessResult } from '../../domain/identity/access-record.ts';

interface Filter {
  readonly who: string;
  readonly what: AccessKind | '';
  readonly result: AccessResult | '';
  /** Local dates as the browser's fields give them; `until` is the last day that counts. */
  readonly from: string;
  readonly until: string;
}

const everything: Filter = { who: '', what: '', result: '', from: '', until: '' };
/** The business zone keeps one offset all year. */
const startOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);
const dayMs = 86_400_000;

function queryOf(filter: Filter) {
  return {
    ...(filter.who.trim() === '' ? {} : { who: filter.who.trim() }),
    ...(filter.what === '' ? {} : { what: filter.what }),
    ...(filter.result === '' ? {} : { result: filter.result }),
    ...(filter.from === '' ? {} : { from: String(startOf(filter.from)) }),
    ...(filter.until === '' ? {} : { until: String(startOf(filter.until) + dayMs) }),
  };
}

/** Who did what, when and from where: for the audit administrator alone. */
export function AccessPage() {
  const t = useWords(words);
  const allowed = may(useMe(), 'identity.read_access');
  const [filter, setFilter] = useState(everything);
  const query = queryOf(useDeferredValue(filter));
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['access', query],
    queryFn: ({ signal, pageParam }) =>
      call(searchAccess, { query: { ...query, ...(pageParam === '' ? {} : { after: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: last => last.next,
    enabled: allowed,
  });
  if (!allowed) return <NoPermission permission="identity.read_access" />;
  const entries = data?.pages.flatMap(page => page.entries);
  return (
    <main className="security access">
      <h1>{t.access.title}</h1>
      <p className="security-hint">{t.access.hint}</p>
      <FilterBar filter={filter} onChange={setFilter} exportUrl={addressOf(exportAccess.path, {}, query)} />
      {error !== null && <LoadFailure error={error} onRetry={() => void refetch()} />}
      {entries?.length === 0 && <Notice title={t.access.none}>{t.access.noneHint}</Notice>}
      {entries !== undefined && entries.length > 0 && <EntryTable entries={entries} />}
      {hasNextPage && (
        <Button
          className="access-more"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
          data-testid="access-more"
        >
          {t.access.more}
        </Button>
      )}
    </main>
  );
}

interface FilterBarProps {
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
  readonly exportUrl: string;
}

function FilterBar({ filter, onChange, exportUrl }: FilterBarProps) {
  const t = useWords(words);
  const locale = useLocale();
  return (
    <div className="access-filter" role="search">
      <Input
        value={filter.who}
        onChange={event => onChange({ ...filter, who: event.target.value })}
        placeholder={t.access.who}
        aria-label={t.access.who}
        allowClear
        data-testid="access-who"
      />
      <Select<Filter['what']>
        value={filter.what}
        onChange={what => onChange({ ...filter, what })}
        aria-label={t.access.what}
        options={[
          { value: '', label: t.access.anyWhat },
          ...accessKindNames.map(value => ({ value, label: accessKinds[value][locale] })),
        ]}
        data-testid="access-what"
      />
      <Select<Filter['result']>
        value={filter.result}
        onChange={result => onChange({ ...filter, result })}
        aria-label={t.access.result}
        options={[
          { value: '', label: t.access.anyResult },
          ...accessResultNames.map(value => ({ value, label: accessResults[value][locale] })),
        ]}
        data-testid="access-result"
      />
      {(['from', 'until'] as const).map(end => (
        <label key={end}>
          {t.access[end]}
          <Input
            type="date"
            value={filter[end]}
            onChange={event => onChange({ ...filter, [end]: event.target.value })}
            data-testid={`access-${end}`}
          />
        </label>
      ))}
      <Button href={exportUrl} download="access.csv" title={t.access.exportNote} data-testid="access-export">
        {t.access.export}
      </Button>
    </div>
  );
}

function EntryTable({ entries }: { readonly entries: readonly AccessEntryView[] }) {
  const t = useWords(words);
  return (
    <div className="security-card security-scroll">
      <table className="table table-small" data-testid="access-table">
        <thead>
          <tr>
            <th scope="col">{t.access.when}</th>
            <th scope="col">{t.access.person}</th>
            <th scope="col">{t.access.what}</th>
            <th scope="col">{t.access.object}</th>
            <th scope="col">{t.access.result}</th>
            <th scope="col">{t.access.source}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(entry => (
            <EntryRow key={entry.id} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EntryRow({ entry }: { readonly entry: AccessEntryView }) {
  const t = useWords(words);
  const locale = useLocale();
  const { object, problem } = entry;
  return (
    <tr>
      <td className="jw-numbers">{fullMoment(entry.at, locale)}</td>
      <td>
        {entry.name ?? t.access.nobody}
        <span className="security-small">{entry.loginName}</span>
      </td>
      <td>
        {accessKinds[entry.what][locale]}
        {entry.details !== '{}' && (
          <details>
            <summary className="security-small">{t.access.details}</summary>
            <pre className="access-detail">{JSON.stringify(JSON.parse(entry.details), null, 1)}</pre>
          </details>
        )}
      </td>
      <td>
        {object !== null && (
          <>
            {object.name ?? object.id}
            <span className="security-small">{t.access.kinds[object.kind] ?? object.kind}</span>
          </>
        )}
      </td>
      <td>
        <span className={entry.result === 'done' ? '' : 'access-refused'}>{accessResults[entry.result][locale]}</span>
        {problem !== null && (
          <span className="security-small">
            {problem in problems ? problemText(problem as ProblemCode, locale).replaceAll(/\{\w+\}/g, '…') : problem}
          </span>
        )}
      </td>
      <td className="jw-numbers">
        {entry.ip}
        <span className="security-small" title={entry.userAgent ?? ''}>
          {deviceOf(entry.userAgent) ?? entry.userAgent?.slice(0, 40)}
        </span>
      </td>
    </tr>
  );
}
