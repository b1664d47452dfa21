/** Welsh writes numbers and pounds as English does. */
const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });

/** "£1,520.00" for a whole number of pence; a debt reads "−£20.00". */
export function moneyWords(amountPence: number): string {
  return pounds.format(amountPence / 100).replace('-', '\u2212');
}
