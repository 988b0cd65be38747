/** The background's part in an appeal: what was kept of a bill, what its owner says of it, and the check of a file. */
import { checkEvidence, evidenceFor, saveStatement, sayMissed } from '../app/evidence.ts';
import type { Ports } from '../app/ports.ts';
import type { OwnMessage, Replies } from '../messages/own.ts';

type Asked = Extract<OwnMessage, { do: 'evidence' | 'evidence-check' | 'statement' | 'missed' | 'budget' }>;

export async function answerEvidence(ports: Ports, message: Asked): Promise<Replies[Asked['do']]> {
  switch (message.do) {
    case 'evidence':
      return evidenceFor(ports, message.billId, message.fields);
    case 'evidence-check':
      return checkEvidence(ports, message.text);
    case 'statement':
      return { ok: await saveStatement(ports, message.billId, message.text) };
    case 'missed':
      return { ok: await sayMissed(ports, message.billId, message.entryId, message.isMissed) };
    case 'budget':
      await ports.store.saveBudget(message.budget);
      return { ok: true };
  }
}
