import { expect, it } from 'vitest';

import { checkBudgets } from '../../tools/bundle-budget.ts';

it('what is built fits the budgets of weak phones and old office computers', () => {
  const findings = checkBudgets();
  expect(findings.map(({ app }) => app).sort()).toEqual(['desk', 'field', 'resident']);
  for (const { app, kb, limitKb } of findings) {
    expect(kb, `${app} weighs ${kb.toFixed(1)} KB`).toBeGreaterThan(1);
    expect(kb, `${app} may weigh ${limitKb} KB`).toBeLessThanOrEqual(limitKb);
  }
});
