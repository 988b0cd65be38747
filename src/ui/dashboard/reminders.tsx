/** 提醒: the rules, a real test of the scheduled path, what is promised next, and the ledger of what happened. */
import { SelfTestPanel } from '../parts/self-test-panel.tsx';
import { ActsTable } from './acts-table.tsx';
import type { DashboardProps } from './dashboard.tsx';
import { HabitPanel } from './habit-panel.tsx';
import { LedgerTable } from './ledger-table.tsx';
import { NextNotices } from './next-notices.tsx';
import { RulesForm } from './rules-form.tsx';

export function Reminders(props: DashboardProps) {
  return (
    <>
      <SelfTestPanel {...props} />
      <NextNotices {...props} />
      <RulesForm {...props} />
      <HabitPanel {...props} />
      <LedgerTable {...props} />
      <ActsTable {...props} />
    </>
  );
}
