/** The page hook: wiring only. Runs in the page's own world at `document_start`. */
import { hookPage } from '../sites/hook/page-side.ts';

export function startHook(): void {
  hookPage(window);
}
