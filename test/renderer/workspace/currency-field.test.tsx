// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { CurrencyField } from '../../../src/renderer/workspace/settings/currency-field';
import { drawPart } from '../support/draw';

afterEach(cleanup);

test('the currency of amounts is kept when it is one, in capitals, and otherwise told in words', async () => {
  const kept: string[] = [];
  drawPart(<CurrencyField currency="INR" onCurrency={(currency) => kept.push(currency)} />, 'tr');
  await userEvent.clear(screen.getByTestId('currency'));
  await userEvent.type(screen.getByTestId('currency'), 'QQQ{Enter}');
  expect(kept).toEqual([]);
  expect(screen.getByText('Para biriminin üç harfini yazın, örneğin INR ya da TRY.')).toBeTruthy();
  await userEvent.clear(screen.getByTestId('currency'));
  await userEvent.type(screen.getByTestId('currency'), 'try{Enter}');
  expect(kept).toEqual(['TRY']);
  expect(screen.queryByText(/üç harfini/)).toBeNull();
});
