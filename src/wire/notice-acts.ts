/** The buttons of a desktop notice. */
import { act, see } from '../app/owner-acts.ts';
import type { Ports } from '../app/ports.ts';
import { snoozeUntil } from '../core/reminder/snooze.ts';
import { DESKTOP_BUTTONS } from '../delivery/index.ts';

/** `paid` is the owner's word for every bill that the notice named; `later` holds them all. */
export async function pressed(ports: Ports, noticeId: string, button: number): Promise<void> {
  const pressedButton = DESKTOP_BUTTONS[button];
  if (!pressedButton) return;
  const billIds = await see(ports, noticeId, 'acknowledged');
  const until = snoozeUntil(ports.clock.now());
  for (const billId of billIds) {
    await act(
      ports,
      pressedButton === 'paid' ? { do: 'paid', billId, via: 'notice' } : { do: 'snooze', billId, via: 'notice', until },
    );
  }
  for (const channel of ports.channels) await channel.withdraw(noticeId);
}
