/** The structure report of the page that this script is put into. */
import { structureReport } from '../sites/structure-report.ts';

export function reportPage(): string {
  return structureReport(document, new URL(location.href));
}
