/* The bill page's own script: asks for its data as the real page does (POST, form-encoded) and renders rows. */

const FORM = 'application/x-www-form-urlencoded; charset=UTF-8';
const PAGE_SIZE = 10;
const panel = (name) => document.querySelector(`[data-panel="${name}"]`);

/** One half of the page's data comes by fetch, the other by XMLHttpRequest. */
async function byFetch(name, params) {
  const response = await fetch(`/v3/ious/${name}`, {
    method: 'POST',
    headers: { 'Content-Type': FORM, 'X-Requested-With': 'XMLHttpRequest' },
    body: new URLSearchParams(params).toString(),
  });
  return checked(await response.json());
}

function byXhr(name, params) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/v3/ious/${name}`);
    request.setRequestHeader('Content-Type', FORM);
    request.setRequestHeader('X-Requested-With', 'XMLHttpRequest');
    request.onload = () => {
      try {
        resolve(checked(JSON.parse(request.responseText)));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = () => reject(new Error('网络异常'));
    request.send(new URLSearchParams(params).toString());
  });
}

function checked(answer) {
  if (!answer.result?.isSuccess) throw new Error(answer.result?.info ?? '系统繁忙');
  return answer;
}

function element(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

const yuan = (number) =>
  `¥${Number(number)
    .toFixed(2)
    .replace(/\B(?=(\d{3})+(?!\d))/g, ',')}`;
const day = (text) => String(text).slice(0, 10);

/** A card: heading, status word, then label and value pairs. */
function card(title, status, pairs, action) {
  const list = element('dl', '');
  for (const [label, value] of pairs)
    list.append(element('div', 'pair', element('dt', '', label), element('dd', '', value)));
  const head = element('header', '', element('h3', '', title), element('span', `status ${status[1]}`, status[0]));
  const row = element('article', 'card', head, list);
  if (action) row.append(element('button', 'button', action));
  return row;
}

function statusOf(bill) {
  if (Number(bill.sdpAmt) === 0) return ['已结清', 'settled'];
  if (Number(bill.realOverDays) > 0) return [`已逾期${bill.realOverDays}天`, 'late'];
  return ['待还款', 'open'];
}

function issuedRow(bill) {
  const isOpen = Number(bill.sdpAmt) > 0;
  const [year, month] = day(bill.billDate).split('-');
  return card(
    `${year}年${Number(month)}月账单`,
    statusOf(bill),
    [
      ['账单日', day(bill.billDate)],
      ['最后还款日', day(bill.billLimitDate)],
      ['账单金额', yuan(bill.billAmt)],
      ['已还金额', yuan(bill.payedAmt)],
      ['剩余应还', yuan(bill.sdpAmt)],
      ['最低还款', yuan(bill.minPayAmt)],
    ],
    isOpen ? '立即还款' : null,
  );
}

async function loadIssued(pageNum = 1) {
  const answer = await byFetch('getBillList', { pageNum, pageSize: PAGE_SIZE });
  const home = panel('issued');
  home.replaceChildren(...(answer.billList ?? []).map(issuedRow));
  if (answer.totalCount === 0) home.append(element('p', 'nothing', '暂无账单'));
  if (answer.pageCount > 1) {
    const pager = element(
      'nav',
      'pager',
      `第 ${answer.currentPage} / ${answer.pageCount} 页，共 ${answer.totalCount} 笔 `,
    );
    for (const [name, to] of [
      ['上一页', pageNum - 1],
      ['下一页', pageNum + 1],
    ]) {
      const button = element('button', '', name);
      button.disabled = to < 1 || to > answer.pageCount;
      button.addEventListener('click', () => load('issued', () => loadIssued(to)));
      pager.append(button);
    }
    home.append(pager);
  }
}

async function loadUnissued() {
  const { billNOTOut: next } = await byXhr('queryNotOutAccount', {});
  const row = next
    ? card(
        '未出账单',
        ['未出账', 'open'],
        [
          ['账单日', day(next.billDate)],
          ['账单金额', yuan(next.billAmt)],
          ['剩余应还', yuan(next.sdpAmt)],
        ],
        '提前还款',
      )
    : element('p', 'nothing', '暂无未出账单');
  panel('unissued').replaceChildren(row);
}

async function loadLoans() {
  const { detailsInfo } = await byXhr('getJtDetailList', { pageNum: 1, pageSize: PAGE_SIZE, funCode: 'ALL' });
  const home = panel('loans');
  home.hidden = detailsInfo.length === 0;
  if (home.hidden) return;
  home.replaceChildren(element('h2', '', '金条借款'));
  for (const loan of detailsInfo) {
    for (const plan of loan.plans) {
      const status = plan.status === '1' ? ['已还清', 'settled'] : ['待还款', 'open'];
      home.append(
        card(`${loan.productName} 第${plan.curPlanNum}/${plan.planNum}期`, status, [
          ['最后还款日', day(plan.limitPayDate)],
          ['本期金额', yuan(plan.amount)],
          ['应付利息', yuan(plan.dayAmount)],
        ]),
      );
    }
  }
}

/** The three tabs that hold records, not debts. */
const RECORDS = {
  repayments: ['billRepayment', 'billPayList', (one) => [one.billName, day(one.payTime), yuan(one.amount)]],
  refunds: ['queryRefundList', 'btRefundVoList', (one) => [one.productName, day(one.createDate), yuan(one.amount)]],
  purchases: [
    'billConsumeList',
    'detailsInfo',
    (one) => [one.productName, day(one.consumerDate), yuan(one.orderAmount)],
  ],
};

async function loadRecords(name) {
  const [address, list, cells] = RECORDS[name];
  const answer = await byFetch(address, { pageNum: 1, pageSize: PAGE_SIZE });
  const rows = answer[list].map((one) => element('tr', '', ...cells(one).map((text) => element('td', '', text))));
  panel(name).replaceChildren(
    rows.length > 0 ? element('table', '', element('tbody', '', ...rows)) : element('p', 'nothing', '暂无记录'),
  );
}

function load(name, run) {
  return run().catch((error) => panel(name).replaceChildren(element('p', 'failed', error.message)));
}

const loaded = new Set(['issued', 'unissued']);
for (const tab of document.querySelectorAll('[data-tab]')) {
  tab.addEventListener('click', () => {
    const name = tab.dataset.tab;
    for (const other of document.querySelectorAll('[data-tab]')) {
      other.setAttribute('aria-selected', String(other === tab));
      panel(other.dataset.tab).hidden = other !== tab;
    }
    if (loaded.has(name)) return;
    loaded.add(name);
    void load(name, () => loadRecords(name));
  });
}

void load('issued', () => loadIssued());
void load('unissued', loadUnissued);
void load('loans', loadLoans);
