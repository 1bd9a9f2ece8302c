import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';

import { useLocale, useWords } from '../../browser/i18n/use-words.ts';
import { roleNames, roles } from '../../domain/identity/permissions.ts';
import { territoryQuery } from '../cases/territory.ts';
import { unitsQuery } from '../cases/reference.ts';
import { typeAhead } from '../cases/type-ahead.ts';
import { words } from '../words/words.ts';

import type { Grant, Role } from '../../domain/identity/permissions.ts';

/** A role being given, with the place it is to be held in (a town, a grid or a unit; which one the role says). */
export interface GrantDraft {
  readonly key: string;
  readonly role: Role | null;
  readonly placeId: string | null;
}

export const newGrant = (): GrantDraft => ({ key: crypto.randomUUID(), role: null, placeId: null });

export const isComplete = ({ role, placeId }: GrantDraft): boolean =>
  role !== null && (roles[role].scope === 'none' || placeId !== null);

/** The grant as it is sent. Throws when it is not complete: the form asks first. */
export function toGrant({ role, placeId }: GrantDraft): Grant {
  if (role === null) throw new Error('a grant without a role');
  const { scope } = roles[role];
  return {
    role,
    townId: scope === 'town' ? placeId : null,
    gridId: scope === 'grid' ? placeId : null,
    unitId: scope === 'unit' ? placeId : null,
  };
}

interface GrantPickerProps {
  readonly grants: readonly GrantDraft[];
  readonly onChange: (grants: readonly GrantDraft[]) => void;
  readonly showMissing: boolean;
}

export function GrantPicker({ grants, onChange, showMissing }: GrantPickerProps) {
  const t = useWords(words);
  const change = (key: string, next: Partial<GrantDraft>): void =>
    onChange(grants.map(grant => (grant.key === key ? { ...grant, ...next } : grant)));
  return (
    <fieldset className="grants">
      <legend>{t.accounts.roles}</legend>
      {grants.map(grant => (
        <GrantRow
          key={grant.key}
          grant={grant}
          onChange={next => change(grant.key, next)}
          onRemove={grants.length > 1 ? () => onChange(grants.filter(one => one !== grant)) : null}
          missing={showMissing && !isComplete(grant)}
        />
      ))}
      <Button type="dashed" size="small" onClick={() => onChange([...grants, newGrant()])}>
        {t.accounts.addRole}
      </Button>
    </fieldset>
  );
}

interface GrantRowProps {
  readonly grant: GrantDraft;
  readonly onChange: (next: Partial<GrantDraft>) => void;
  readonly onRemove: (() => void) | null;
  readonly missing: boolean;
}

interface Place {
  readonly value: string;
  readonly label: string;
  readonly find: string;
}

/** The places that a role can be held in. */
function usePlaces(role: Role | null): readonly Place[] {
  const { data: territory } = useQuery(territoryQuery);
  const units = useQuery(unitsQuery);
  if (role === null) return [];
  const grids = territory?.grids ?? [];
  const named = (id: string | null): string => grids.find(grid => grid.id === id)?.name ?? '';
  switch (roles[role].scope) {
    case 'none':
      return [];
    case 'town':
      return (territory?.towns ?? []).map(town => ({ value: town.id, label: town.name, find: town.name }));
    case 'unit':
      return (units.data ?? []).map(unit => ({
        value: unit.id,
        label: unit.name,
        find: `${unit.name} ${unit.nameThen} ${unit.initials} ${unit.code}`.toLowerCase(),
      }));
    case 'grid': {
      const level = role === 'grid_worker' ? 3 : 2;
      return grids
        .filter(grid => grid.level === level)
        .map(grid => {
          const label = level === 3 ? `${named(grid.parentId)} › ${grid.name}` : grid.name;
          return { value: grid.id, label, find: `${label} ${grid.code}` };
        });
    }
  }
}

function GrantRow({ grant, onChange, onRemove, missing }: GrantRowProps) {
  const t = useWords(words);
  const locale = useLocale();
  const places = usePlaces(grant.role);
  const scope = grant.role === null ? 'none' : roles[grant.role].scope;
  return (
    <div className="grant">
      <Select<Role>
        {...(grant.role === null ? {} : { value: grant.role })}
        onChange={role => onChange({ role, placeId: null })}
        placeholder={t.accounts.pickRole}
        aria-label={t.accounts.pickRole}
        options={roleNames.map(role => ({ value: role, label: roles[role][locale] }))}
        status={missing && grant.role === null ? 'error' : ''}
        data-testid="grant-role"
      />
      {scope !== 'none' && (
        <Select<string>
          {...(grant.placeId === null ? {} : { value: grant.placeId })}
          onChange={placeId => onChange({ placeId })}
          placeholder={t.accounts.pickPlace[scope]}
          aria-label={t.accounts.pickPlace[scope]}
          showSearch={typeAhead}
          options={[...places]}
          status={missing && grant.placeId === null ? 'error' : ''}
          data-testid="grant-place"
        />
      )}
      {onRemove !== null && (
        <Button type="text" size="small" onClick={onRemove}>
          {t.accounts.removeRole}
        </Button>
      )}
      {missing && (
        <p className="grant-missing">{scope === 'none' ? t.accounts.pickRole : t.accounts.pickPlace[scope]}</p>
      )}
    </div>
  );
}
