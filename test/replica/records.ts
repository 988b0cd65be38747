/** The rows of the account's records: what was bought, repaid, refunded and borrowed. */
import { type Account, dayAfter } from './account.ts';
import { type Json, midnight, yuan } from './format.ts';

export function repayments(account: Account): Json[] {
  return account.issued
    .filter((bill) => bill.paidFen > 0)
    .map((bill, index) => ({
      repaymentNo: `R${900_001 + index}`,
      payId: String(900_001 + index),
      amount: yuan(bill.paidFen),
      payTime: `${dayAfter(bill.billDay, 2)} 09:10:11`,
      payType: '1',
      status: 1,
      billId: bill.billId,
      billName: bill.title,
      refundAmt: 0,
    }));
}

export function refunds(account: Account): Json[] {
  return account.issued
    .filter((bill) => bill.refundFen > 0)
    .map((bill, index) => ({
      id: String(index + 1),
      refundId: `F${900_001 + index}`,
      orderId: '900000000002',
      amount: yuan(bill.refundFen),
      createDate: `${dayAfter(bill.billDay, 1)} 12:00:00`,
      productName: '示例商品 乙',
      orderAmount: yuan(bill.refundFen),
    }));
}

export function purchases(account: Account): Json[] {
  return account.issued.slice(0, 3).map((bill, index) => ({
    productName: `示例商品 ${'甲乙丙'[index]}`,
    orderUrl: '',
    orderId: String(900_000_000_001 + index),
    orderAmount: yuan(bill.totalFen),
    amount: yuan(bill.totalFen),
    loanAmountDiscount: 0,
    consumerDate: `${dayAfter(bill.billDay, -6)} 10:11:12`,
    sysCode: '1',
    bizCode: '1',
  }));
}

export function loans(account: Account): Json[] {
  return account.loans.map((loan) => {
    const open = loan.plans.filter((plan) => !plan.isPaid);
    return {
      jdOrderNo: loan.orderNo,
      productName: loan.name,
      consumerDate: loan.borrowedDay,
      originalAmount: yuan(loan.amountFen),
      payPlanNum: String(loan.plans.length),
      outstandingAmount: yuan(open.reduce((sum, plan) => sum + plan.amountFen, 0)),
      currentDueDate: open[0] ? midnight(open[0].dueDay) : null,
      finishPayDate: null,
      plans: loan.plans.map((plan, index) => ({
        planId: `JP${index + 1}`,
        curPlanNum: String(index + 1),
        planNum: String(loan.plans.length),
        amount: yuan(plan.amountFen),
        dayAmount: yuan(plan.interestFen),
        limitPayDate: midnight(plan.dueDay),
        finishPayDate: plan.isPaid ? `${dayAfter(plan.dueDay, -1)} 08:00:00` : null,
        status: plan.isPaid ? '1' : '0',
      })),
      invList: [],
    };
  });
}
