/** The opt-in refresh: its switch, when it last opened a page, and why it stopped. */
import type { MessageKey } from '../../i18n/message-keys.ts';
import type { DashboardProps } from './dashboard.tsx';

const STOPS: Record<DashboardProps['view']['refreshStops'][number]['why'], MessageKey> = {
  'sign-in': 'refreshStop_sign_in',
  challenge: 'refreshStop_challenge',
  elsewhere: 'refreshStop_elsewhere',
};

export function RefreshPanel({ view, words, now, ask, openBills }: DashboardProps) {
  const { refresh, refreshStops } = view;
  const opened = Object.values(refresh.sites).map(({ openedAt }) => openedAt);
  const toggle = (event: Event): void =>
    void ask({ do: 'refresh', isOn: (event.currentTarget as HTMLInputElement).checked });
  return (
    <section aria-labelledby="refresh">
      <h3 id="refresh">{words.say('refresh')}</h3>
      <p class="quiet">{words.say('refreshText')}</p>
      <label class="check">
        <input type="checkbox" name="refresh" checked={refresh.isOn} onChange={toggle} />
        {words.say('refreshOn')}
      </label>
      {refresh.isOn && (
        <p class="quiet" role="status">
          {refresh.tab
            ? words.say('refreshTabOpen')
            : opened.length
              ? words.say('refreshOpenedAt', words.ago(Math.max(...opened), now))
              : words.say('refreshNever')}
        </p>
      )}
      {refresh.isOn &&
        refreshStops.map(({ siteId, why }) => (
          <p class="remark acts" key={siteId}>
            {words.say(STOPS[why])}
            <button type="button" onClick={() => openBills(siteId)}>
              {words.say('actionRead')}
            </button>
          </p>
        ))}
    </section>
  );
}
