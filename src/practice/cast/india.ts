/**
 * Callers in India. No range is reserved for fiction there: two carry the example numbers that platforms print in their
 * documents, the others begin with 5, which no Indian mobile and no area code with these digits uses.
 */
import type { Caller } from './caller';

export const INDIA: readonly Caller[] = [
  {
    slug: 'amit',
    name: 'Amit Patel',
    phone: '+919123456789',
    language: 'en-IN',
    country: 'IN',
    campaign: 'cmp_8f3a2b1c9d4e',
    trigger: 'sentiment_negative',
    summary:
      'Customer disputes an outstanding amount of ₹12,480 on his personal loan. He says he paid the EMI by UPI on the 3rd and has the reference, but two reminder calls since then asked for it again. He wants the late fee of ₹590 reversed and asked for a manager.',
    fields: { loan_amount: 250000, emi_amount: 12480, late_fee: 590, days_past_due: 11 },
    disposition: 'dispute',
    sentiment: 'negative',
    qaScore: 71,
    dialogue: [
      ['ai', 'Good morning, am I speaking with Mr Amit Patel?'],
      ['customer', 'Yes, speaking. Is this about the EMI again?'],
      ['ai', 'It is. Our records show twelve thousand four hundred and eighty rupees outstanding since the 5th.'],
      ['customer', 'I have paid this! On the 3rd, by UPI. I gave the reference number to your people twice already.'],
      ['ai', 'I am sorry for the trouble. I can see no payment on the 3rd yet. May I take the reference?'],
      ['customer', 'No. I will not repeat it a third time. You have put a late fee of 590 rupees on top of it.'],
      ['ai', 'I understand. I can note a dispute for you.'],
      ['customer', 'I do not want a note, I want a manager. Now, please.'],
      ['ai', 'Of course. I am connecting you to a colleague who can see the whole account.'],
    ],
    tool: {
      after: 4,
      name: 'find_payment',
      arguments: { loan: 'PL-2207', from: '2026-01-01', method: 'upi' },
      result: { found: false, checked: 14 },
    },
    interrupted: 6,
    history: [
      { daysAgo: 4, seconds: 118, disposition: 'dispute', summary: 'Said the EMI was paid by UPI and hung up.' },
      { daysAgo: 6, seconds: 64, disposition: 'already_paid', summary: 'Gave a payment reference.' },
      { daysAgo: 37, seconds: 52, disposition: 'payment_promised', summary: 'Promised to pay on the 3rd.' },
    ],
  },
  {
    slug: 'priya',
    name: 'Priya Sharma',
    phone: '+919876543210',
    language: 'hi-IN',
    country: 'IN',
    campaign: 'cmp_8f3a2b1c9d4e',
    trigger: 'explicit_request',
    summary:
      'Customer is interested in a top-up of ₹50,000 on her running loan. She will only go on with a person because the last offer quoted 11.5 % and the letter said 13 %. She is free until 3 PM today and asked that nobody calls her office number.',
    fields: { loan_amount: 50000, offer_rate: 11.5, kyc_complete: true },
    disposition: 'callback_requested',
    callbackInHours: 4,
    sentiment: 'neutral',
    qaScore: 87,
    dialogue: [
      ['ai', 'नमस्ते, क्या मेरी बात प्रिया शर्मा जी से हो रही है?'],
      ['customer', 'हाँ जी, बोलिए।'],
      ['ai', 'आपके चालू लोन पर पचास हज़ार रुपये का टॉप-अप मिल सकता है। क्या आप इसमें रुचि रखती हैं?'],
      ['customer', 'रुचि तो है, लेकिन पिछली बार फ़ोन पर साढ़े ग्यारह प्रतिशत बोला था और चिट्ठी में तेरह लिखा था।'],
      ['ai', 'मैं समझ सकती हूँ। अभी आपके लिए दर साढ़े ग्यारह प्रतिशत दिख रही है।'],
      ['customer', 'मुझे किसी इंसान से बात करनी है। और मेरे ऑफ़िस के नंबर पर मत कीजिए।'],
      ['ai', 'ज़रूर, मैं आपको अपनी सहयोगी से जोड़ रही हूँ।'],
    ],
    tool: {
      after: 3,
      name: 'get_offer',
      arguments: { product: 'top_up', amount: 50000 },
      result: { rate: 11.5, valid_days: 7 },
    },
    history: [
      { daysAgo: 12, seconds: 145, disposition: 'interested', summary: 'Asked for the rate in writing.' },
      { daysAgo: 90, seconds: 33, disposition: 'not_reachable', summary: 'No answer.' },
    ],
  },
];
