/** The probe's isolated script: the real half of the hook, which reports what it heard to the test's own server. */
import { hearPage } from '../../../src/sites/hook/isolated-side.ts';
import { addressOf } from '../../../src/sites/hook/names.ts';
import { ENDPOINTS } from '../../../src/sites/jd-baitiao/manifest.ts';

hearPage(window, ENDPOINTS.map(addressOf), (response) => {
  void fetch('/heard', { method: 'POST', body: JSON.stringify({ page: location.pathname, response }) });
});
