export { giveReceipt } from './receipts.ts';
