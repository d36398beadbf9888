// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { drawPart } from '../support/draw';
import { KeysProvider } from '../../../src/renderer/bridge/keys';
import { DeskCheckResults } from '../../../src/renderer/workspace/desk-check/desk-check-results';
import { STANDARD_KEYS } from '../../../src/shared/lib/keys';

afterEach(cleanup);

test.each(['ours', 'taken'] as const)('the desk check names the key that was chosen: %s', (why) => {
  const results = [{ item: 'shortcut' as const, grade: 'good' as const, why }];
  drawPart(
    <KeysProvider value={{ ...STANDARD_KEYS, focus: 'F9' }}>
      <DeskCheckResults results={results} />
    </KeysProvider>,
  );
  expect(screen.getByTestId('check-shortcut').textContent).toContain('F9');
  expect(screen.getByTestId('check-shortcut').textContent).not.toContain('Ctrl');
});
