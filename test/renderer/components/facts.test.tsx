// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { Facts } from '../../../src/renderer/components/facts';
import { fullCall } from '../../../src/renderer/gallery/samples';
import { CallbackFields, standardCallback } from '../../../src/renderer/workspace/outcome/callback-fields';
import type { FactView } from '../../../src/shared/contract/views';
import { drawPart } from '../support/draw';

afterEach(cleanup);

const everything: FactView[] = [
  ...fullCall.facts,
  { kind: 'date', label: 'appointment', value: '2026-03-12T14:30:00+03:00' },
  { kind: 'date', label: 'delivery', value: '2026-03-11T09:00:00.000Z' },
  { kind: 'field', label: 'kyc_complete', value: 'true' },
];
const shown = () => document.querySelector('dl')?.textContent ?? '';

describe('what the AI did', () => {
  test.each(['en', 'hi', 'tr'] as const)('is told in words and never in codes (%s)', (language) => {
    drawPart(<Facts facts={everything} privacy={false} />, language);
    expect(shown()).not.toBe('');
    for (const raw of [/_/, /disposition/i, /\d{4}-\d\d-\d\d/, /\dT\d/, /true/]) {
      expect(shown()).not.toMatch(raw);
    }
  });

  test.each([
    ['en', ['Payment promised', 'Instalment (EMI)', '12,500', 'Call-back agreed', '15 Jan']],
    ['hi', ['भुगतान का वादा', 'किस्त (EMI)', '12,500', 'कॉल-बैक तय', '15 जन॰']],
    ['tr', ['Ödeme sözü', 'Taksit tutarı', '12.500', 'Kararlaştırılan geri arama', '15 Oca']],
  ] as const)('has its words in every language (%s)', (language, words) => {
    drawPart(<Facts facts={everything} privacy={false} />, language);
    for (const word of words) expect(shown()).toContain(word);
  });
});

describe('the call-back that the AI agreed', () => {
  const at = Date.parse('2031-03-04T05:30:00.000Z');
  const agreed = { ...fullCall, facts: [{ kind: 'callback' as const, at }] };

  test("is where the form begins, on the customer's wall", () => {
    expect(standardCallback(agreed)).toEqual({
      date: '2031-03-04',
      time: '11:00',
      zone: 'Asia/Kolkata',
      owner: 'mine',
    });
  });

  test('is not offered again once its time is over', () => {
    const over = standardCallback({
      ...fullCall,
      facts: [{ kind: 'callback', at: Date.parse('2021-03-04T05:30:00Z') }],
    });
    expect(over).toEqual(standardCallback({ phone: fullCall.phone }));
    expect(over.time).toBe('10:00');
  });

  test('comes with the press that adds a call-back', () => {
    const typed: unknown[] = [];
    const add = (form: unknown) => typed.push(form);
    drawPart(<CallbackFields call={agreed} required={false} typed={null} onTyped={add} />);
    screen.getByTestId('outcome-callback').click();
    expect(typed).toMatchObject([{ date: '2031-03-04', time: '11:00' }]);
  });
});
