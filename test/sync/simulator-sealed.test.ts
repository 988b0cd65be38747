/** The same stories with real seals: fewer, because each object costs a thousand times as much. */
import { describe, expect, it } from 'vitest';
import { importKey, newRawKey } from '../../src/sync/key-object.ts';
import { parseName } from '../../src/sync/layout.ts';
import { vaultOf } from '../../src/sync/vault.ts';
import { play } from './simulator.ts';

describe('five machines, one folder, every fault, real seals', () => {
  it('25 seeds: no edit is lost, no store becomes unreadable', { timeout: 240_000 }, async () => {
    const vault = vaultOf('vault0000001', await importKey(newRawKey()));
    const sum = { faults: 0, crashes: 0, renamed: 0 };
    for (let seed = 1; seed <= 25; seed++) {
      const told = await play(seed, {
        machines: 5,
        steps: 60,
        faultShare: 0.06,
        backend: { deltasBeforeSnapshot: 4 },
        vaultOf: () => vault,
        peek: async (bytes, name) => {
          const opened = await vault.open(parseName(name)!, new Uint8Array(bytes));
          return opened.kind === 'opened' ? opened.body.records : null;
        },
      });
      expect(told.syncs).toBeGreaterThan(0);
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += told[key];
    }
    expect(sum.faults).toBeGreaterThan(25);
    expect(sum.crashes).toBeGreaterThan(0);
    expect(sum.renamed).toBeGreaterThan(0);
  });
});
