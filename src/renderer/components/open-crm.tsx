import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../bridge/use-command';
import { Button } from './button';
import { Icon } from './icon';
import { Problem } from './problem';

/** Whether a CRM is set up, as main says with its views. */
const CrmContext = createContext(false);
export const CrmProvider = CrmContext.Provider;

/** Opens the customer in the CRM: main knows the address, this window never sees it. Nothing where there is no CRM. */
export function OpenCrm({ call, testId }: { call: string; testId: string }) {
  const { t } = useTranslation();
  const there = useContext(CrmContext);
  const { run, pending, problem } = useCommand('call:open-crm');
  if (!there) return null;
  return (
    <>
      <Button testId={testId} isPending={pending} onPress={() => run({ call })}>
        <Icon name="external" />
        {t('action.open_crm')}
      </Button>
      <Problem words={problem} />
    </>
  );
}
