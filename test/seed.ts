/**
 * Laws are tried on the same random worlds in every run, so that a red run is red for everyone. `FC_SEED=random` (or a
 * number) tries others: what it finds becomes a named test.
 */
import fc from 'fast-check';

const asked = process.env.FC_SEED;
if (asked !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked ?? 20261124) });
