/** The most trusted reader: the page's own JSON, as the page received it. */
import type { Day } from '../../core/day.ts';
import { joinParts, NOTHING, type Part } from '../draft.ts';
import { mergeParts } from '../merge.ts';
import type { Answer } from './answers.ts';
import { readDetails, readIssued } from './issued.ts';
import { readLoans } from './loans.ts';
import type { EndpointId } from './manifest.ts';
import { isNotActivated, readGateway, readOverview, readPrivilege, readUserInfo } from './sums.ts';
import { readUnissued } from './unissued.ts';

/** Good answers only; what each family needs to count as covered stands beside its reader. */
export function readResponses(answers: readonly Answer[], today: Day): Part {
  const good = (endpoint: EndpointId): Answer[] =>
    answers.filter((answer) => answer.endpoint === endpoint && answer.verdict === 'good');
  const last = (endpoint: EndpointId): Answer | undefined => good(endpoint).at(-1);
  const one = (endpoint: EndpointId, read: (answer: Answer) => Part): Part => {
    const answer = last(endpoint);
    return answer && !isNotActivated(answer) ? read(answer) : NOTHING;
  };
  const issued = readIssued(good('issued'), today);
  const unissued = readUnissued(good('unissued'), today);
  // A bill that was just issued may stand in both lists under one id: the issued one wins.
  const both = mergeParts(issued, unissued);
  const detailed: Part = { ...both, bills: readDetails(good('detail'), both.bills, today) };
  const single = mergeParts(detailed, readGateway(last('first-screen'), last('card'), today));
  return joinParts([
    single,
    readLoans(good('loans'), today),
    one('overview', readOverview),
    one('privilege', readPrivilege),
    one('user-info', readUserInfo),
  ]);
}
