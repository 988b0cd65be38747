/** The JSON of `/v3/ious/*`, in the field names and formats of the 2018 pages (money in yuan, date-times as text). */

import { type Account, dayAfter, type IssuedBill, remainingFenOf } from './account.ts';
import { type Json, midnight, yuan } from './format.ts';
import { loans, purchases, refunds, repayments } from './records.ts';

const OK = { isSuccess: true, code: '00000', info: 'success' };
export const NOT_SIGNED_IN = { result: { isSuccess: false, code: '10001', info: '请先登录' } };

/** The answer to one POST; null where the account site has no such address. */
export function answer(path: string, params: URLSearchParams, account: Account): Json | null {
  const pageNum = Number(params.get('pageNum') ?? 1) || 1;
  const pageSize = Number(params.get('pageSize') ?? 10) || 10;
  switch (path) {
    case '/v3/ious/getBillList': {
      const count = account.issued.length;
      const billList = account.issued
        .slice((pageNum - 1) * pageSize, pageNum * pageSize)
        .map((bill) => issued(bill, account.today));
      return {
        billList,
        currentPage: pageNum,
        pageSize,
        pageCount: Math.max(1, Math.ceil(count / pageSize)),
        totalCount: count,
        result: OK,
      };
    }
    case '/v3/ious/queryNotOutAccount':
      return unissued(account);
    case '/v3/ious/getBillOrderDetail':
      return {
        billList: purchases(account).map((line) => ({ ...line, planId: 'P900001', planNum: '3', curPlanNum: '1' })),
        lastbill: null,
        result: OK,
      };
    case '/v3/ious/billRepayment':
      return paged('billPayList', repayments(account), pageNum, pageSize);
    case '/v3/ious/queryRefundList':
      return paged('btRefundVoList', refunds(account), pageNum, pageSize);
    case '/v3/ious/billConsumeList':
      return counted(purchases(account), pageNum, pageSize);
    case '/v3/ious/getJtDetailList':
      return counted(loans(account), pageNum, pageSize);
    case '/v3/ious/getBtPrivilege':
      return privilege(account);
    default:
      return null;
  }
}

/** The page's hidden input `assetsAggregated`. */
export function assetsAggregated(account: Account): Json {
  const current = account.issued.find((bill) => bill.isCurrent);
  const left = account.issued.reduce((sum, bill) => sum + remainingFenOf(bill), 0);
  const all = left + (account.unissued?.totalFen ?? 0);
  const late = account.issued
    .filter((bill) => bill.dueDay < account.today)
    .reduce((sum, bill) => sum + remainingFenOf(bill), 0);
  const sums = {
    unPaidFor7: yuan(left),
    unPaidForMonth: yuan(left),
    unPaidForAll: yuan(all),
    overdueAmount: yuan(late),
  };
  const loan = account.loans.flatMap((one) => one.plans).filter((plan) => !plan.isPaid);
  const loanFen = loan.reduce((sum, plan) => sum + plan.amountFen + plan.interestFen, 0);
  return {
    ...sums,
    bill: {
      ...sums,
      curBillShouldPayAmount: yuan(current ? remainingFenOf(current) : 0),
      curBillShouldPayMinAmount: yuan(current?.minimumFen ?? 0),
      nextBillShouldPayMinAmount: 0,
      billLimitPay: current ? midnight(current.dueDay) : '',
      acountStatus: '1',
      totalAsset: yuan(account.limitFen),
      availableLimit: yuan(account.limitFen - all),
      canPlan: '1',
      nextBillLimitPay: account.unissued ? midnight(dayAfter(account.unissued.billDay, 9)) : '',
      nextBillId: account.unissued?.billId ?? '',
      realoverdays: '0',
      isLoan: '0',
      billOverdueStatus: late > 0 ? '1' : '0',
      dayFeeAmount: 0,
    },
    bullion: {
      unPaidFor7: 0,
      unPaidForMonth: yuan(loan[0] ? loan[0].amountFen + loan[0].interestFen : 0),
      unPaidForAll: yuan(loanFen),
      overdueAmount: 0,
      acountStatus: account.loans.length > 0 ? '1' : '2',
      totalAsset: account.loans.length > 0 ? 10_000 : 0,
      availableLimit: account.loans.length > 0 ? yuan(1_000_000 - loanFen) : 0,
    },
    result: OK,
  };
}

function issued(bill: IssuedBill, today: string): Json {
  const left = remainingFenOf(bill);
  const lateDays = left > 0 ? Math.max(0, Math.round((Date.parse(today) - Date.parse(bill.dueDay)) / 86_400_000)) : 0;
  return {
    billId: bill.billId,
    billAmt: yuan(bill.totalFen),
    payedAmt: yuan(bill.paidFen),
    refundAmt: yuan(bill.refundFen),
    planedAmt: 0,
    restPlanAmt: yuan(left),
    status: left > 0 ? '1' : '2',
    billDate: midnight(bill.billDay),
    billLimitDate: midnight(bill.dueDay),
    sdpAmt: yuan(left),
    minPayAmt: yuan(left > 0 ? bill.minimumFen : 0),
    isCurBill: bill.isCurrent ? '1' : '0',
    isInPayDay: left > 0 && lateDays === 0 ? '1' : '0',
    realOverDays: String(lateDays),
    result: null,
  };
}

function unissued(account: Account): Json {
  const next = account.unissued;
  const total = yuan(next?.totalFen ?? 0);
  return {
    billNOTOut: next && {
      billId: next.billId,
      billAmt: total,
      billDate: midnight(next.billDay),
      sdpAmt: total,
      minPayAmt: 0,
      planedAmt: 0,
      payedAmt: 0,
      refundAmt: 0,
      isCurBill: '0',
      canRepay: '1',
      nextOverAmt: 0,
      nextDayAmt: 0,
    },
    sdpAmt: total,
    sdpLoanAmt: total,
    sdpPlanFee: 0,
    sdpDayAmt: 0,
    sdpOverAmt: 0,
    isCanRepayAll: next ? '1' : '0',
    result: OK,
  };
}

function privilege(account: Account): Json {
  const { unPaidForAll, unPaidFor7 } = assetsAggregated(account);
  return {
    interestFreeDays: 30,
    txnFeeRate: 0.6,
    interestRate: 0.05,
    creditAccountId: '000000000000000000',
    creditLimit: yuan(account.limitFen),
    outstandingAmount: unPaidForAll,
    outstandingBalanceIn7Days: unPaidFor7,
    version: '3.0',
    acountStatus: 1,
    result: OK,
  };
}

function paged(name: string, items: Json[], pageNum: number, pageSize: number): Json {
  const page = items.slice((pageNum - 1) * pageSize, pageNum * pageSize);
  return {
    [name]: page,
    pageSize,
    currentPage: pageNum,
    totalPage: Math.max(1, Math.ceil(items.length / pageSize)),
    totalNum: items.length,
    result: OK,
  };
}

function counted(items: Json[], pageNum: number, pageSize: number): Json {
  const page = items.slice((pageNum - 1) * pageSize, pageNum * pageSize);
  return {
    detailsInfo: page,
    pageSize,
    pageNum,
    totalCount: items.length,
    pageCount: Math.max(1, Math.ceil(items.length / pageSize)),
    result: OK,
  };
}
